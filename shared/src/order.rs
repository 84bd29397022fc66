//! Sorting with one compiled sort for every type: each use of the standard library's is compiled
//! anew, 3 kB in what a browser loads.

use std::cmp::Ordering;

/// Sorts a list; equals keep their order.
///
/// ```
/// let mut list = vec![(2, 'a'), (1, 'b'), (2, 'c')];
/// startklar::order::sort_by(&mut list, |a, b| a.0.cmp(&b.0));
/// assert_eq!(list, [(1, 'b'), (2, 'a'), (2, 'c')]);
/// ```
pub fn sort_by<T>(list: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order = sorted(list.len(), &|a, b| match (list.get(a), list.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    put(list, order);
}

/// Sorts a list by a key; equals keep their order.
///
/// ```
/// let mut list = vec!["bb", "a", "cc"];
/// startklar::order::sort_by_key(&mut list, |word| std::cmp::Reverse(word.len()));
/// assert_eq!(list, ["bb", "cc", "a"]);
/// ```
pub fn sort_by_key<T, K: Ord>(list: &mut Vec<T>, key: impl Fn(&T) -> K) {
    let keys: Vec<_> = list.iter().map(key).collect();
    let order = sorted(list.len(), &|a, b| keys.get(a).cmp(&keys.get(b)));
    put(list, order);
}

fn sorted(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<_> = (0..len).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}

fn put<T>(list: &mut Vec<T>, order: Vec<usize>) {
    let mut from: Vec<_> = list.drain(..).map(Some).collect();
    let moved = |place: usize| from.get_mut(place)?.take();
    list.extend(order.into_iter().filter_map(moved));
}

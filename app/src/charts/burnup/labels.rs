//! Labels of lines: each stands beside what it names, where it covers neither another label nor,
//! if that can be helped, a line.

/// The height of a chart's letters in px.
const HEIGHT: f64 = 13.0;

/// A place for a label, relative to the point that it names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    /// To the right, in px.
    pub(super) dx: f64,
    /// Down to the base line of the letters, in px.
    pub(super) dy: f64,
    /// Whether the label ends here, and does not begin.
    pub(super) ends: bool,
}

/// A label that looks for a place.
#[derive(Debug, Clone)]
pub(super) struct Label<'a> {
    pub(super) text: String,
    pub(super) class: &'static str,
    /// The point that it names: a share of the width, and px from the top.
    pub(super) point: (f64, f64),
    pub(super) width: f64,
    /// Whether it is rather left out than written over a line.
    pub(super) shy: bool,
    /// Places to try, the best first.
    pub(super) spots: &'a [Spot],
}

/// A rectangle in px.
type Area = (f64, f64, f64, f64);

/// Lines in the way of labels, as rectangles with shares of the width.
pub(super) type Obstacle = Area;

/// Widths at which labels must not collide: a phone, half a page.
const WIDTHS: [f64; 2] = [330.0, 620.0];

/// Finds a spot for each label, the first ones first; `None` where there is none.
pub(super) fn place(
    labels: &[Label<'_>],
    lines: &[Obstacle],
    bounds: (f64, f64),
) -> Vec<Option<Spot>> {
    let lines: Vec<_> = lines
        .iter()
        .map(|l| WIDTHS.map(|w| scaled(*l, w)))
        .collect();
    let mut taken = Vec::new();
    let mut places = Vec::with_capacity(labels.len());
    for label in labels {
        let best = best(label, &lines, &taken, bounds);
        taken.extend(best.map(|(_, areas)| areas));
        places.push(best.map(|(spot, _)| spot));
    }
    places
}

/// The place of a label at each of the widths.
type Areas = [Area; 2];

/// The first of the spots that cross the fewest lines, with what it takes.
fn best(
    label: &Label<'_>,
    lines: &[Areas],
    taken: &[Areas],
    bounds: (f64, f64),
) -> Option<(Spot, Areas)> {
    let mut best = None;
    let mut fewest = if label.shy { 1 } else { usize::MAX };
    for spot in label.spots {
        let areas = WIDTHS.map(|w| area(label, spot, w));
        let inside = areas
            .iter()
            .zip(WIDTHS)
            .all(|(a, w)| a.0 >= -2.0 && a.2 <= w + 2.0 && a.1 >= bounds.0 && a.3 <= bounds.1);
        if !inside || taken.iter().any(|other| overlaps(&areas, other) > 0) {
            continue;
        }
        let crossed = lines.iter().map(|line| overlaps(&areas, line)).sum();
        if crossed < fewest {
            best = Some((*spot, areas));
            fewest = crossed;
        }
        if fewest == 0 {
            break;
        }
    }
    best
}

fn area(label: &Label<'_>, spot: &Spot, width: f64) -> Area {
    let x = label.point.0 * width + spot.dx;
    let y = label.point.1 + spot.dy;
    let left = if spot.ends { x - label.width } else { x };
    (left, y - HEIGHT + 3.0, left + label.width, y + 3.0)
}

fn scaled(line: Obstacle, width: f64) -> Area {
    (
        line.0 * width - 1.0,
        line.1 - 1.0,
        line.2 * width + 1.0,
        line.3 + 1.0,
    )
}

/// At how many of the widths two overlap.
fn overlaps(a: &Areas, b: &Areas) -> usize {
    let overlap = |a: &Area, b: &Area| a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3;
    a.iter().zip(b).filter(|(a, b)| overlap(a, b)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPOTS: [Spot; 2] = [
        Spot {
            dx: 4.0,
            dy: -6.0,
            ends: false,
        },
        Spot {
            dx: -4.0,
            dy: -6.0,
            ends: true,
        },
    ];

    fn label(at: f64) -> Label<'static> {
        Label {
            text: "scope 9".to_owned(),
            class: "",
            point: (at, 50.0),
            width: 50.0,
            shy: false,
            spots: &SPOTS,
        }
    }

    #[test]
    fn labels_at_one_point_stand_on_both_sides_and_a_third_is_left_out() {
        let labels = [label(0.5), label(0.5), label(0.5)];
        let places = place(&labels, &[], (0.0, 200.0));
        assert_eq!(places, [Some(SPOTS[0]), Some(SPOTS[1]), None]);
    }

    #[test]
    fn a_label_keeps_off_lines_and_edges() {
        let line = (0.5, 0.0, 0.7, 200.0);
        assert_eq!(
            place(&[label(0.5)], &[line], (0.0, 200.0)),
            [Some(SPOTS[1])]
        );
        assert_eq!(place(&[label(0.0)], &[], (0.0, 200.0)), [Some(SPOTS[0])]);
        assert_eq!(place(&[label(0.5)], &[], (60.0, 200.0)), [None]);
    }
}

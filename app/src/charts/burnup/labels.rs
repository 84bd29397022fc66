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
    let mut taken: Vec<[Area; 2]> = Vec::new();
    labels
        .iter()
        .map(|label| {
            let best = label
                .spots
                .iter()
                .enumerate()
                .filter_map(|(rank, spot)| {
                    let areas = WIDTHS.map(|w| area(label, spot, w));
                    let inside = areas.iter().zip(WIDTHS).all(|(a, w)| {
                        a.0 >= -2.0 && a.2 <= w + 2.0 && a.1 >= bounds.0 && a.3 <= bounds.1
                    });
                    let free = taken
                        .iter()
                        .all(|other| areas.iter().zip(other).all(|(a, b)| !overlap(*a, *b)));
                    let crossed: usize = areas
                        .iter()
                        .zip(WIDTHS)
                        .map(|(a, w)| lines.iter().filter(|l| overlap(*a, scaled(**l, w))).count())
                        .sum();
                    (inside && free && (crossed == 0 || !label.shy))
                        .then_some((crossed, rank, *spot, areas))
                })
                .min_by_key(|(crossed, rank, ..)| (*crossed, *rank));
            best.map(|(.., spot, areas)| {
                taken.push(areas);
                spot
            })
        })
        .collect()
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

fn overlap(a: Area, b: Area) -> bool {
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
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

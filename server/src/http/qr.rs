//! A text as a QR code, for a phone to read off the screen: drawn by attributes alone, because no page
//! has styles of its own.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};
use startklar_app::access::Picture;

/// Light squares around it, as the standard wants.
const MARGIN: usize = 4;

/// The picture of a text; none of one that is longer than a code can hold.
pub(super) fn picture(text: &str) -> Option<Picture> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let (width, colors) = (code.width(), code.into_colors());
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                let (x, y, length) = (MARGIN + x, MARGIN + y, run.len());
                // Writing to a string cannot fail.
                let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
            }
            x += run.len();
        }
    }
    Some(Picture {
        side: width + 2 * MARGIN,
        path,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panic")]
mod tests {
    use super::*;

    /// The squares that a path covers.
    fn squares(picture: &Picture) -> Vec<(usize, usize)> {
        let mut squares = Vec::new();
        for run in picture.path.split('M').skip(1) {
            let (start, rest) = run.split_once('h').unwrap();
            let (x, y) = start.split_once(' ').unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            let length: usize = rest.split_once('v').unwrap().0.parse().unwrap();
            assert_eq!(rest, format!("{length}v1h-{length}z"));
            squares.extend((x..x + length).map(|x| (x, y)));
        }
        squares
    }

    #[test]
    fn the_path_covers_the_dark_squares_and_no_others() {
        let text = "otpauth://totp/Startklar:lena?secret=GEZDGNBVGY3TQOJQ";
        let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
        let picture = picture(text).unwrap();
        let width = code.width();
        assert_eq!(picture.side, width + 8);
        let (colors, found) = (code.to_colors(), squares(&picture));
        for y in 0..picture.side {
            for x in 0..picture.side {
                let within = (4..width + 4).contains(&x) && (4..width + 4).contains(&y);
                let is_dark = within && colors[(y - 4) * width + x - 4] == Color::Dark;
                assert_eq!(found.contains(&(x, y)), is_dark, "{x}, {y}");
            }
        }
        // The three corners by which a reader finds its way; none is at the lower right.
        let corner = |x, y| (0..7).all(|i| found.contains(&(x + i, y)));
        assert!(corner(4, 4) && corner(width - 3, 4) && corner(4, width - 3));
        assert!(!corner(width - 3, width - 3));
    }

    #[test]
    fn what_no_code_holds_has_no_picture() {
        assert!(picture(&"x".repeat(3_000)).is_none());
    }
}

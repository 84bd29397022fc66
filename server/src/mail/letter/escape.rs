//! Text within HTML, and text within one line.

/// Text as it may stand in HTML, also between quotes.
pub(super) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter => out.push(letter),
        }
    }
    out
}

/// Text on one line: what people write has line ends, which a subject must not have.
pub(super) fn line(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || letter.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_an_element_an_attribute_or_a_line() {
        assert_eq!(html("<a href=\"'&"), "&lt;a href=&quot;&#39;&amp;");
        assert_eq!(line("a\r\nBcc: b\u{0}c \t d\u{2028}e"), "a Bcc: b c d e");
    }
}

//! Files of leaked passwords: found whatever the place, refused when they are something else.

use std::io::Write as _;

use super::*;

fn hash(password: &str) -> String {
    hex(digest(&SHA1_FOR_LEGACY_USE_ONLY, password.as_bytes()).as_ref()).to_ascii_uppercase()
}

fn written(lines: &[String], between: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(lines.join(between).as_bytes()).unwrap();
    file
}

fn listed(many: usize) -> (Vec<String>, Vec<String>) {
    let words: Vec<_> = (0..many).map(|n| format!("password number {n}")).collect();
    let mut lines: Vec<_> = (words.iter().enumerate())
        .map(|(n, word)| format!("{}:{}", hash(word), n * n * 37))
        .collect();
    lines.sort();
    (words, lines)
}

#[tokio::test]
async fn every_line_is_found_and_nothing_else() {
    for many in [1, 2, 3, 40] {
        for (between, end) in [("\n", ""), ("\n", "\n"), ("\r\n", "\r\n")] {
            let (words, mut lines) = listed(many);
            if let Some(last) = lines.last_mut() {
                last.push_str(end);
            }
            let kept = written(&lines, between);
            let file = File::open(kept.path()).unwrap();
            for word in &words {
                assert!(file.holds(word).await.unwrap(), "{word} of {many}");
            }
            for n in 0..40 {
                assert!(!file.holds(&format!("another {n}")).await.unwrap());
            }
        }
    }
}

#[test]
fn an_empty_file_is_none() {
    let kept = written(&[], "");
    let refused = File::open(kept.path());
    assert!(matches!(refused, Err(BadFile::Empty { .. })), "{refused:?}");
}

#[test]
fn what_is_no_such_list_is_refused_with_its_place() {
    let (_, lines) = listed(20);
    let mut mixed = lines.clone();
    mixed.reverse();
    let words = ["hunter2".to_owned(), "letmein".to_owned()];
    for (bad, at) in [(&words[..], 0), (&mixed[..], 1)] {
        let kept = written(bad, "\n");
        match File::open(kept.path()) {
            Err(BadFile::Form { at: found, .. }) => assert!(found >= at, "{found}"),
            other => panic!("{other:?}"),
        }
    }
    let error = File::open(Path::new("nowhere/at/all")).unwrap_err();
    assert!(error.to_string().starts_with("cannot read nowhere/at/all"));
}

#[tokio::test]
async fn a_file_that_has_gone_is_no_file_without_the_password() {
    let (_, lines) = listed(3);
    let kept = written(&lines, "\n");
    let file = File::open(kept.path()).unwrap();
    drop(kept);
    assert!(file.holds("anything at all").await.is_err());
}

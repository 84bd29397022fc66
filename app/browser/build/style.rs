//! From the style folder to one checked and minified style sheet, with the fonts and pictures it
//! uses.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context as _, Result, anyhow, ensure};
use lightningcss::{
    dependencies::{Dependency, DependencyOptions},
    printer::PrinterOptions,
    stylesheet::{ParserOptions, StyleSheet},
};

use crate::{pack::Pack, place::Place};

/// The sheets that come first, in this order; then the rest by name; then those that override.
/// Where two rules weigh the same, the later one wins.
const FIRST: [&str; 10] = [
    "tokens", "base", "bar", "sentence", "facts", "strip", "burn", "lists", "state", "controls",
];
const LAST: [&str; 2] = ["narrow", "print"];

/// Builds the sheet and packs it with its files.
pub(crate) fn build(place: &Place, pack: &mut Pack) -> Result<()> {
    let folder = place.watched("style");
    let mut sheets = Vec::new();
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(&folder).context("cannot list the folder style")? {
        let path = entry?.path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default()
            .to_owned();
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("css") => sheets.push(path),
            Some(extension) => {
                if let Some(mime) = mime(extension) {
                    files.insert(name.clone(), pack.add(&name, mime, fs::read(&path)?));
                }
            }
            None => {}
        }
    }
    for (name, packed) in &files {
        pack.page_file(name, packed);
    }

    sheets.sort_by_key(|path| rank(path));
    let mut bundle = String::new();
    for path in &sheets {
        let source = fs::read_to_string(path)?;
        bundle += &minify(path, &source, &files)?;
        bundle.push('\n');
    }
    let packed = pack.add("style.css", "text/css; charset=utf-8", bundle.into_bytes());
    pack.page_needs("style", &packed);
    Ok(())
}

fn mime(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        _ => return None,
    })
}

fn rank(path: &Path) -> (usize, String) {
    let name = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let place = |list: &[&str]| list.iter().position(|sheet| *sheet == name);
    let rank = match (place(&FIRST), place(&LAST)) {
        (Some(position), _) => position,
        (_, Some(position)) => FIRST.len() + 1 + position,
        _ => FIRST.len(),
    };
    (rank, name)
}

/// Checks and minifies one sheet, and points its `url(…)` at the packed files.
///
/// Sheets are not merged with each other, so that what a browser sees is in the order of the source,
/// and a mistake is reported with the file and line where it is.
fn minify(path: &Path, source: &str, files: &BTreeMap<String, String>) -> Result<String> {
    let filename = path.display().to_string();
    let mut sheet = StyleSheet::parse(
        source,
        ParserOptions {
            filename: filename.clone(),
            ..Default::default()
        },
    )
    .map_err(|error| anyhow!("{error}"))?;
    sheet
        .minify(lightningcss::stylesheet::MinifyOptions::default())
        .map_err(|error| anyhow!("{error}"))?;
    let printed = sheet
        .to_css(PrinterOptions {
            minify: true,
            analyze_dependencies: Some(DependencyOptions {
                remove_imports: false,
            }),
            ..Default::default()
        })
        .map_err(|error| anyhow!("{error}"))?;
    let mut css = printed.code;
    for dependency in printed.dependencies.into_iter().flatten() {
        match dependency {
            Dependency::Url(url) => {
                let target = if url.url.starts_with("data:") || url.url.starts_with('#') {
                    &url.url
                } else {
                    files
                        .get(url.url.trim_start_matches("./"))
                        .with_context(|| {
                            format!("{filename}: the folder has no file {}", url.url)
                        })?
                };
                css = css.replace(&url.placeholder, target);
            }
            Dependency::Import(import) => {
                ensure!(
                    false,
                    "{filename}: @import {} is not needed, all sheets are bundled",
                    import.url
                );
            }
        }
    }
    Ok(css)
}

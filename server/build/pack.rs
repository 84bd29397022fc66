//! Hashed names, compressed copies, and the table that the server serves them from.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    hash::{DefaultHasher, Hasher as _},
    io::Write as _,
    path::PathBuf,
};

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

use crate::place::Place;

/// Where the files to embed are, in the build's own folder.
const FOLDER: &str = "pkg";

/// Collects the files to embed.
pub(crate) struct Pack {
    out: PathBuf,
    folder: PathBuf,
    release: bool,
    table: String,
    files: String,
    needs: BTreeMap<&'static str, String>,
    chunks: String,
    texts: String,
}

impl Pack {
    pub(crate) fn new(place: &Place) -> Result<Self> {
        let needs = ["SCRIPT", "WASM", "STYLE"]
            .map(|name| (name, String::new()))
            .into();
        Ok(Self {
            out: place.out.clone(),
            // Emptied, or the files of every earlier build would pile up.
            folder: place.scratch(FOLDER)?,
            release: place.release,
            table: String::new(),
            files: String::new(),
            needs,
            chunks: String::new(),
            texts: String::new(),
        })
    }

    /// Embeds a file and returns the name under which it is served, which changes with its content.
    pub(crate) fn add(&mut self, name: &str, mime: &str, content: &[u8]) -> Result<String> {
        let hash = hash(content);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let hashed = format!("{stem}-{hash}.{extension}");
        fs::write(self.folder.join(&hashed), content)?;
        let brotli = self.add_smaller(&hashed, "br", content, brotli(content, self.release)?)?;
        let gzip = self.add_smaller(&hashed, "gz", content, gzip(content, self.release)?)?;
        writeln!(
            self.table,
            "    Asset {{ name: {hashed:?}, mime: {mime:?}, hash: {hash:?}, \
             plain: {}, brotli: {brotli}, gzip: {gzip} }},",
            embed(&hashed)
        )?;
        Ok(hashed)
    }

    /// A compressed copy, if it is smaller; fonts and pictures are compressed already.
    fn add_smaller(
        &self,
        name: &str,
        suffix: &str,
        plain: &[u8],
        packed: Vec<u8>,
    ) -> Result<String> {
        if packed.len() >= plain.len() {
            return Ok("None".to_owned());
        }
        let name = format!("{name}.{suffix}");
        fs::write(self.folder.join(&name), packed)?;
        Ok(format!("Some({})", embed(&name)))
    }

    /// Names a packed file that the head of each page loads.
    pub(crate) fn page_needs(&mut self, what: &'static str, packed: &str) {
        self.needs.insert(what, format!("/pkg/{packed}"));
    }

    /// Names a packed font or picture that a page may use.
    pub(crate) fn page_file(&mut self, name: &str, packed: &str) {
        let entry = format!("({name:?}, \"/pkg/{packed}\"), ");
        self.files.push_str(&entry);
    }

    /// Names the packed file that the pages of a chunk load.
    pub(crate) fn page_chunk(&mut self, chunk: &str, packed: &str) {
        let entry = format!("({chunk:?}, \"/pkg/{packed}\"), ");
        self.chunks.push_str(&entry);
    }

    /// Names the packed texts of a language.
    pub(crate) fn page_texts(&mut self, language: &str, packed: &str) {
        let entry = format!("({language:?}, \"/pkg/{packed}\"), ");
        self.texts.push_str(&entry);
    }

    /// Writes the Rust file that `server/src/assets.rs` includes.
    pub(crate) fn write_table(self) -> Result<()> {
        let mut source = format!("static ASSETS: &[Asset] = &[\n{}];\n", self.table);
        writeln!(source, "const FILES: &[(&str, &str)] = &[{}];", self.files)?;
        writeln!(
            source,
            "const CHUNKS: &[(&str, &str)] = &[{}];",
            self.chunks
        )?;
        writeln!(source, "const TEXTS: &[(&str, &str)] = &[{}];", self.texts)?;
        for (name, path) in self.needs {
            writeln!(source, "const {name}: &str = {path:?};")?;
        }
        fs::write(self.out.join("assets.rs"), source)?;
        Ok(())
    }
}

/// The path is taken from the generated file, which lies beside the folder.
fn embed(name: &str) -> String {
    format!("include_bytes!(\"{FOLDER}/{name}\")")
}

/// Tells one version of a file from another. Nobody gains by forging it: whoever could, writes the
/// files anyway.
fn hash(content: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(content);
    format!("{:016x}", hasher.finish())
}

fn brotli(mut content: &[u8], release: bool) -> Result<Vec<u8>> {
    let params = BrotliEncoderParams {
        quality: if release { 11 } else { 2 },
        lgwin: 22,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut content, &mut packed, &params)?;
    Ok(packed)
}

fn gzip(content: &[u8], release: bool) -> Result<Vec<u8>> {
    let level = if release {
        Compression::best()
    } else {
        Compression::fast()
    };
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

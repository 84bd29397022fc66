//! The browser half's files: what is served, and their names as the head of a page needs them.
//!
//! The names carry a hash of the content, so only the server, which embeds the files, knows them. It
//! passes them in; a page rendered without them still works, as plain HTML.

/// Where a page finds the files of the browser half, each as an absolute path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assets {
    /// The module that loads and starts the wasm. Empty when the build left the browser half out.
    pub script: &'static str,
    /// The wasm itself, named here so that its download need not wait for the script.
    pub wasm: &'static str,
    /// More wasm for some pages: the name of their chunk, path.
    pub chunks: &'static [(&'static str, &'static str)],
    /// The texts that a browser loads: language, path.
    pub texts: &'static [(&'static str, &'static str)],
    /// The one style sheet.
    pub style: &'static str,
    /// Fonts, pictures and the script of some pages: name, path.
    pub files: &'static [(&'static str, &'static str)],
}

impl Assets {
    /// None: pages are plain HTML.
    pub const NONE: Self = Self {
        script: "",
        wasm: "",
        chunks: &[],
        texts: &[],
        style: "",
        files: &[],
    };

    /// The path of what a chunk needs.
    #[cfg(feature = "ssr")]
    pub(crate) fn chunk(&self, name: &str) -> Option<&'static str> {
        let found = self.chunks.iter().find(|(chunk, _)| *chunk == name);
        found.map(|(_, path)| *path)
    }

    /// The path of the texts of a language.
    #[cfg(feature = "ssr")]
    pub(crate) fn texts(&self, language: &str) -> Option<&'static str> {
        let found = self.texts.iter().find(|(of, _)| *of == language);
        found.map(|(_, path)| *path)
    }

    /// The path of one of them by its name, such as `mark.svg`.
    pub fn file(&self, name: &str) -> Option<&'static str> {
        self.files
            .iter()
            .find(|(file, _)| *file == name)
            .map(|(_, path)| *path)
    }
}

/// The browser half, as the program embeds it.
#[derive(Debug)]
pub struct Embedded {
    /// What the head of a page has to name.
    pub names: Assets,
    /// What is served under `/pkg/`.
    pub files: &'static [Asset],
}

impl Embedded {
    /// No browser half: pages are plain HTML, for tests and measurements.
    pub const NOTHING: &'static Self = &Self {
        names: Assets::NONE,
        files: &[],
    };
}

/// One embedded file.
#[derive(Debug)]
pub struct Asset {
    /// The name under which it is served; it changes with the content.
    pub name: &'static str,
    /// The type of its content.
    pub mime: &'static str,
    /// The hash of its content.
    pub hash: &'static str,
    /// The content.
    pub plain: &'static [u8],
    /// The content by brotli; none where that would not be smaller.
    pub brotli: Option<&'static [u8]>,
    /// The content by gzip; none where that would not be smaller.
    pub gzip: Option<&'static [u8]>,
}

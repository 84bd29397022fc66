//! The names of the browser half's files, as the head of a page needs them.
//!
//! The names carry a hash of the content, so only the server, which embeds the files, knows them. It
//! passes them in; a page rendered without them still works, as plain HTML.

/// Where a page finds the files of the browser half, each as an absolute path.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// The module that loads and starts the wasm. Empty when the build left the browser half out.
    pub script: &'static str,
    /// The wasm itself, named here so that its download need not wait for the script.
    pub wasm: &'static str,
    /// The one style sheet.
    pub style: &'static str,
    /// Fonts and pictures: name in the style folder, path.
    pub files: &'static [(&'static str, &'static str)],
}

impl Assets {
    /// The path of a font or picture by its name in the style folder, such as `mark.svg`.
    pub fn file(&self, name: &str) -> Option<&'static str> {
        self.files
            .iter()
            .find(|(file, _)| *file == name)
            .map(|(_, path)| *path)
    }
}

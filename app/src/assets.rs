//! The names of the browser half's files, as the head of a page needs them.
//!
//! The names carry a hash of the content, so only the server, which embeds the files, knows them. It
//! passes them in; a page rendered without them still works, as plain HTML.

use leptos::prelude::*;

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
    /// The path of a font or picture by its name in the style folder, such as `icon.svg`.
    pub fn file(&self, name: &str) -> Option<&'static str> {
        self.files
            .iter()
            .find(|(file, _)| *file == name)
            .map(|(_, path)| *path)
    }
}

/// The elements in the head that load the style sheet and bring the page to life.
///
/// There is no inline script among them: the content security policy allows none.
#[component]
pub fn AssetLinks(
    /// The names to write.
    assets: Assets,
) -> impl IntoView {
    let style =
        (!assets.style.is_empty()).then(|| view! { <link rel="stylesheet" href=assets.style /> });
    let script = (!assets.script.is_empty()).then(|| {
        view! {
            <link
                rel="preload"
                href=assets.wasm
                r#as="fetch"
                r#type="application/wasm"
                crossorigin="anonymous"
            />
            <script type="module" src=assets.script></script>
        }
    });
    view! {
        {style}
        {script}
    }
}

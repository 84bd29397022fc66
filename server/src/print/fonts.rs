//! The fonts that a page is set in: our own, the same on every machine, and those that somebody adds for
//! scripts that they lack.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use krilla::text::Font;
use parley::{
    FontContext, FontData, FontFamily, FontFamilyName,
    fontique::{Blob, Collection, CollectionOptions},
};

/// The fonts of a page.
pub(crate) struct Fonts {
    /// Finds shapes for characters.
    pub(super) context: FontContext,
    families: Vec<String>,
    /// The same for the writer, by the file and the place in it.
    written: BTreeMap<(u64, u32), Font>,
}

/// Why a file is no font.
#[derive(Debug, thiserror::Error)]
#[error("this is no font: TrueType and OpenType are taken (.ttf, .otf, .ttc)")]
pub(crate) struct NotAFont;

impl Fonts {
    /// Our own: Noto Sans, and where it has no shape, `DejaVu` Sans.
    pub(crate) fn own() -> Self {
        let options = CollectionOptions {
            shared: false,
            system_fonts: false,
        };
        let context = FontContext {
            collection: Collection::new(options),
            ..FontContext::default()
        };
        let mut fonts = Self {
            context,
            families: Vec::new(),
            written: BTreeMap::new(),
        };
        let own = [
            notosans::REGULAR_TTF,
            notosans::BOLD_TTF,
            dejavu::sans::regular(),
        ];
        for font in own {
            fonts.register(Arc::new(font));
        }
        fonts
    }

    /// One more, for what the others have no shape for.
    pub(crate) fn add(&mut self, font: Vec<u8>) -> Result<(), NotAFont> {
        let added = self.register(Arc::new(font));
        if added { Ok(()) } else { Err(NotAFont) }
    }

    fn register(&mut self, font: Arc<dyn AsRef<[u8]> + Send + Sync>) -> bool {
        let added = self
            .context
            .collection
            .register_fonts(Blob::new(font), None);
        for (id, _) in &added {
            if let Some(name) = self.context.collection.family_name(*id) {
                let name = name.to_owned();
                if !self.families.contains(&name) {
                    self.families.push(name);
                }
            }
        }
        !added.is_empty()
    }

    /// All of them, in the order in which a shape is looked for.
    pub(super) fn stack(&self) -> FontFamily<'static> {
        let names = self.families.iter().cloned();
        let names = names.map(|name| FontFamilyName::Named(Cow::Owned(name)));
        FontFamily::List(Cow::Owned(names.collect()))
    }

    /// A font as the writer takes it; `None` where it cannot be read.
    pub(super) fn written(&mut self, font: &FontData) -> Option<Font> {
        let key = (font.data.id(), font.index);
        if let Some(known) = self.written.get(&key) {
            return Some(known.clone());
        }
        let (data, _) = font.data.clone().into_raw_parts();
        let read = Font::new(data.into(), font.index)?;
        self.written.insert(key, read.clone());
        Some(read)
    }
}

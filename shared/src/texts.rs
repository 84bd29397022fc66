//! Every text that people read, in every language. A language is one file; the compiler sees to
//! it that none lacks a text.

mod catalogue;
mod dates;
#[cfg(feature = "languages")]
mod de;
#[cfg(feature = "languages")]
mod en;
mod events;
mod findings;
mod forecast;
mod format;
mod forms;
mod lines;
#[cfg(not(feature = "languages"))]
mod loaded;
mod locale;
#[cfg(feature = "drawn")]
mod minutes;
mod refusals;
mod series;
#[cfg(feature = "drawn")]
mod trust;
mod warnings;
#[cfg(feature = "drawn")]
mod weeks;
#[cfg(feature = "drawn")]
mod windows;

pub use catalogue::Catalogue;
#[cfg(feature = "drawn")]
pub use catalogue::{
    AccessTexts, FactorTexts, MailTexts, NoticeTexts, PasskeyTexts, PolicyTexts, ProviderTexts,
    TemplateTexts,
};
pub use dates::{
    ago, clock, day, day_clock, day_seen, day_year, day_year_clock, short_day, short_day_seen,
    t_minus,
};
pub use events::{event_concerns, event_subject, event_text};
pub use findings::{finding_text, said, subject_title};
pub use forecast::{chance, forecast_sentences, forecast_text, in_time, last_title, pace_text};
pub use format::{Plural, count, fill, number};
pub use forms::label;
#[cfg(not(feature = "languages"))]
pub use loaded::load;
pub use locale::Locale;
#[cfg(feature = "drawn")]
pub use minutes::MinutesWords;
pub use series::series_error_text;
#[cfg(feature = "drawn")]
pub use trust::{error_text, kind_text, measure_text, share_text};
#[cfg(feature = "drawn")]
pub use weeks::turn_text;
#[cfg(feature = "drawn")]
pub use windows::{freeze_text, weekdays_text, window_text};

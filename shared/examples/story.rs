//! Replays a plan file and prints the sentence of each week: what was known then, and no more.
//!
//! ```text
//! cargo run -p startklar --example story -- FILE [en|de]
//! ```
#![allow(clippy::print_stdout, reason = "an example talks to its reader")]

use std::{env, error::Error, fs};

use chrono::NaiveTime;
use startklar::{
    Launch, Locale, Policy, assess,
    plan::{Plan, PlanError},
    texts::day,
    time::plus,
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let file = args.next().ok_or("usage: story FILE [en|de]")?;
    let locale = args
        .next()
        .and_then(|tag| Locale::from_tag(&tag))
        .unwrap_or_default();
    let plan = Plan::read(&fs::read_to_string(&file)?).map_err(|errors| said(&errors))?;
    let journal = plan
        .replay(None, plan.ids())
        .map_err(|errors| said(&errors))?;

    let whole = Launch::fold(&journal);
    let schedule = whole.schedule.as_ref().ok_or("not planned")?;
    for week in 1..=i64::from(schedule.weeks) {
        let friday = plus(schedule.start, week * 7 - 3);
        let evening = schedule.zone.instant(
            friday,
            NaiveTime::from_hms_opt(18, 0, 0).unwrap_or_default(),
        );
        let launch = Launch::fold(journal.iter().take_while(|record| record.at <= evening));
        let sentence = assess(&launch, &Policy::default(), evening).sentence(&launch);
        println!(
            "{week:>2}  {}  {}",
            day(locale, friday),
            sentence.text(locale)
        );
    }
    Ok(())
}

fn said(errors: &[PlanError]) -> String {
    let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

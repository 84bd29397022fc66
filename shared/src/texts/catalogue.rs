//! The shape of the catalogue: every text by the place where it stands. A language that lacks one
//! does not compile.

use super::Plural;
use crate::{
    model::{Discipline, Lane},
    rights::{Act, Role},
};

macro_rules! texts {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty),* $(,)? }) => {
        $(#[$doc])*
        #[allow(missing_docs, reason = "the text of a field stands in the file of each language")]
        pub struct $name { $($(#[$field_doc])* pub $field: $kind),* }

        #[allow(unused_doc_comments, reason = "they stand at the fields of the type")]
        impl $crate::texts::lines::Texts for $name {
            fn each(&self, out: &mut dyn FnMut(&'static str)) {
                $($(#[$field_doc])* { $crate::texts::lines::Texts::each(&self.$field, out); })*
            }

            fn of(next: &mut dyn FnMut() -> &'static str) -> Self {
                Self { $($(#[$field_doc])* $field: $crate::texts::lines::Texts::of(next)),* }
            }
        }
    };
}

type Str = &'static str;

#[cfg(feature = "drawn")]
mod accounts;
mod cockpit;
#[cfg(feature = "drawn")]
mod drawn;
mod forecast;
mod pages;
mod scope;

pub(super) use cockpit::*;
#[cfg(feature = "drawn")]
pub(super) use drawn::*;
pub(super) use forecast::*;
pub(super) use pages::*;
pub(super) use scope::*;
#[cfg(feature = "drawn")]
pub use {
    accounts::{AccessTexts, FactorTexts, MailTexts, PasskeyTexts, ProviderTexts},
    drawn::{NoticeTexts, PolicyTexts, TemplateTexts},
};

texts! {
    /// All texts of a language.
    Catalogue {
        common: Common,
        dates: Dates,
        sentence: SentenceTexts,
        findings: FindingTexts,
        warnings: WarningTexts,
        refusals: RefusalTexts,
        forms: FormTexts,
        states: States,
        #[cfg(feature = "plan")]
        plan: PlanTexts,
        events: EventTexts,
        ui: UiTexts,
        pages: PageTexts,
        cockpit: CockpitTexts,
        charts: ChartTexts,
        portfolio: PortfolioTexts,
        forecast: ForecastTexts,
        scope: ScopeTexts,
        #[cfg(feature = "drawn")]
        weeks: WeeksTexts,
        #[cfg(feature = "drawn")]
        trust: TrustTexts,
        #[cfg(feature = "drawn")]
        access: AccessTexts,
        #[cfg(feature = "drawn")]
        policy: PolicyTexts,
        #[cfg(feature = "drawn")]
        windows: WindowTexts,
        #[cfg(feature = "drawn")]
        templates: TemplateTexts,
        #[cfg(feature = "drawn")]
        providers: ProviderTexts,
        #[cfg(feature = "drawn")]
        factor: FactorTexts,
        #[cfg(feature = "drawn")]
        passkeys: PasskeyTexts,
        #[cfg(feature = "drawn")]
        mail: MailTexts,
        #[cfg(feature = "drawn")]
        poll: PollTexts,
        #[cfg(feature = "drawn")]
        files: FileTexts,
        #[cfg(feature = "drawn")]
        notices: NoticeTexts,
        #[cfg(feature = "drawn")]
        follow: FollowTexts,
        #[cfg(feature = "drawn")]
        renew: RenewTexts,
        rights: RightsTexts,
        /// In the order of [`Discipline::ALL`], as a title.
        disciplines: [Str; 12],
        /// The same within a line; lower case where the language has it.
        disciplines_in_line: [Str; 12],
        technical: Str,
        non_technical: Str,
    }
}

texts! {
    /// Words that stand everywhere.
    Common {
        and: Str,
        quoted: Str,
        more: Plural,
        nobody_named: Str,
        somebody_unknown: Str,
        epic: Str,
        story: Str,
        item: Str,
        request: Str,
    }
}

texts! {
    /// Days and times.
    Dates {
        /// From Monday on.
        weekdays: [Str; 7],
        months: [Str; 12],
        day: Str,
        short_day: Str,
        today: Str,
        tomorrow: Str,
        yesterday: Str,
        in_days: Plural,
        days_ago: Plural,
    }
}

texts! {
    /// The sentence.
    SentenceTexts {
        planned: Str,
        building: Str,
        technically_nearly_done: Str,
        technically_done: Str,
        launched: Str,
        launch_claimed: Str,
        done: Str,
        done_claimed: Str,
        not_ready: Str,
        ready: Str,
        not_done: Str,
        in_watch: Str,
        with_waivers: Plural,
        waivers_end: Plural,
        nothing_in_scope: Str,
        missing: Plural,
        stories_open: Plural,
        epics_unaccepted: Plural,
        epics_uncovered: Plural,
        requests_overdue: Plural,
        notices_unread: Plural,
        moment_outside: Str,
        moment_frozen: Str,
        items_open: Plural,
        others: Str,
        earliest_date: Str,
        days_after: Plural,
        moment_past: Plural,
    }
}

texts! {
    /// What is missing, by rule.
    FindingTexts {
        scope_empty: Str,
        epic_empty: Str,
        story_open: Str,
        epic_not_accepted: Str,
        discipline_missing: Str,
        discipline_missing_for_epic: Str,
        item_not_begun: Str,
        item_begun: Str,
        promised: Str,
        should_have_begun: Plural,
        evidence_missing: Str,
        second_person: Str,
        stale_age: Str,
        stale_need: Str,
        request_overdue: Str,
        waived: Str,
        exemption_asked: Str,
        last_safe_start_missed: Str,
        last_safe_start_near: Str,
        overdue: Str,
        nobody_named: Str,
        nobody_leads: Str,
        vote_missing: Str,
        condition_ahead: Str,
        voted_no_go: Str,
        notice_unread: Str,
        moment_outside: Str,
        moment_frozen: Str,
        moment_excepted: Str,
        moment_next: Str,
        waits_for: Str,
        waits_for_nobody: Str,
    }
}

texts! {
    /// Early warnings, by rule.
    WarningTexts {
        discipline_not_begun: Plural,
        item_by: Str,
        person_overloaded: Str,
        hand_over: Str,
        declared_better: Str,
        date_slips: Plural,
        slip_aims: Plural,
        item_of: Str,
        scope_outgrown: Str,
        points: Plural,
        stories: Plural,
        item_stands_still: Plural,
        waiver_ends: Plural,
        lead_days: Plural,
    }
}

texts! {
    /// Why something may not happen.
    RefusalTexts {
        nobody_acts: Str,
        not_planned: Str,
        already_planned: Str,
        unknown: Str,
        taken: Str,
        out_of_range: Str,
        or_later: Str,
        full: Str,
        thread_full: Str,
        already: Str,
        already_by: Str,
        not_yet: Str,
        evidence_missing: Str,
        needs_open: Str,
        stories_open: Str,
        no_stories: Str,
        same_person: Str,
        not_approver: Str,
        no_right: Str,
        circle: Str,
        not_ready: Plural,
        launch_stands: Str,
        watch_runs: Str,
    }
}

texts! {
    /// Who may do what.
    RightsTexts {
        /// In the order of [`Act::ALL`].
        acts: [Str; 22],
        /// In the order of [`Role::ALL`].
        roles: [Str; 9],
        /// A role in a discipline, and in all technical ones.
        of: Str,
        of_technical: Str,
    }
}

texts! {
    /// Why a form cannot be read.
    FormTexts {
        missing: Str,
        no_command: Str,
        a_field: Str,
        in_row: Str,
        a_whole: Str,
        a_day: Str,
        a_time: Str,
        a_line: Str,
        a_note: Str,
        offered: Str,
    }
}

#[cfg(feature = "plan")]
texts! {
    /// What is wrong with a plan file.
    PlanTexts {
        syntax: Str,
        unknown_field: Str,
        unknown_status: Str,
        unknown_field_near: Str,
        missing: Str,
        not_allowed: Str,
        unknown_reference: Str,
        did_you_mean: Str,
        duplicate: Str,
        stands_after: Str,
        exclusive: Str,
        too_early: Str,
        not_shown: Plural,
        claim_it: Str,
        close_it_anew: Str,
        refused: Str,
        launch: Str,
        person: Str,
        an_id: Str,
        a_reference: Str,
        a_line: Str,
        a_note: Str,
        a_whole: Str,
        yes_or_no: Str,
        a_day: Str,
        a_moment: Str,
        a_moment_or_yes: Str,
        a_zone: Str,
        a_clock: Str,
        a_list: Str,
        a_table: Str,
        tables: Str,
        keyed_tables: Str,
    }
}

texts! {
    /// The states that refusals speak of, as the words after “is”.
    States {
        ticked: Str,
        begun: Str,
        verified: Str,
        exempt: Str,
        exemption: Str,
        accepted: Str,
        in_scope: Str,
        in_epic: Str,
        ranked: Str,
        open: Str,
        done: Str,
        dropped: Str,
        answered: Str,
        launched: Str,
        in_poll: Str,
    }
}

texts! {
    /// The journal: what somebody did; `{title}` is what they did it to.
    EventTexts {
        planned: Str,
        renamed: Str,
        rescheduled: Str,
        discipline_required: Str,
        verification_required: Str,
        windows_set: Str,
        moment_excepted: Str,
        template_taken: Str,
        member_set: Str,
        approver_set: Str,
        lead_named: Str,
        lead_removed: Str,
        sprints_of_one_week: Str,
        sprints_of_two_weeks: Str,
        capacity_set: Str,
        capacity_removed: Str,
        epic_added: Str,
        epic_edited: Str,
        epic_ranked: Str,
        epic_scoped: Str,
        epic_unscoped: Str,
        epic_accepted: Str,
        epic_acceptance_withdrawn: Str,
        story_added: Str,
        story_edited: Str,
        story_moved: Str,
        story_planned: Str,
        story_unplanned: Str,
        story_estimated: Plural,
        story_unestimated: Str,
        story_split: Str,
        story_merged: Str,
        story_begun: Str,
        story_done: Str,
        story_dropped: Str,
        story_reopened: Str,
        item_added: Str,
        item_edited: Str,
        item_assigned: Str,
        item_taken: Str,
        item_unassigned: Str,
        item_begun: Str,
        item_bound: Str,
        item_begin_withdrawn: Str,
        item_ticked: Str,
        item_ticked_with: Str,
        item_unticked: Str,
        item_verified: Str,
        item_confirmed: Str,
        file_attached: Str,
        file_detached: Str,
        waiver_asked: Str,
        not_applicable_asked: Str,
        exemption_granted: Str,
        exemption_withdrawn: Str,
        question_made: Str,
        handover_made: Str,
        request_answered: Str,
        request_reopened: Str,
        request_discussed: Str,
        notice_issued: Str,
        notice_corrected: Str,
        notice_read: Str,
        course_declared: Str,
        course_withdrawn: Str,
        launched: Str,
        launch_claimed: Str,
        watch_closed: Str,
        poll_opened: Plural,
        vote_cast: Str,
        vote_explained: Str,
        poll_decided: Str,
        decision_explained: Str,
        on_course: Str,
        at_risk: Str,
        off_course: Str,
        not_enough_known: Str,
    }
}

texts! {
    /// What stands on every page.
    UiTexts {
        skip: Str,
        workspace: Str,
        this_launch: Str,
        portfolio: Str,
        my_week: Str,
        new_launch: Str,
        cockpit: Str,
        forecast: Str,
        scope: Str,
        plan: Str,
        checklists: Str,
        decision: Str,
        requests: Str,
        notices: Str,
        calendar: Str,
        journal: Str,
        settings: Str,
        not_found: Str,
        find: Str,
        language: Str,
        theme_to_dark: Str,
        theme_to_light: Str,
        theme_to_system: Str,
        who_are_you: Str,
        change_name: Str,
        account: Str,
        not_undone: Str,
        no_way_back: Str,
        undo: Str,
        close: Str,
        done: Str,
        went_wrong: Str,
        kept: Str,
        offline: Str,
        offline_waiting: Plural,
    }
}

impl Catalogue {
    /// A discipline's name as a title.
    pub fn discipline(&self, discipline: Discipline) -> &'static str {
        self.disciplines[discipline.pos()]
    }

    /// A discipline's name within a line.
    pub fn discipline_in_line(&self, discipline: Discipline) -> &'static str {
        self.disciplines_in_line[discipline.pos()]
    }

    /// What an act is, as a line in the table of rights.
    pub fn act(&self, act: Act) -> &'static str {
        self.rights.acts[act.pos()]
    }

    /// What a role is called.
    pub fn role(&self, role: Role) -> &'static str {
        self.rights.roles[role.pos()]
    }

    /// A lane's name.
    pub fn lane(&self, lane: Lane) -> &'static str {
        match lane {
            Lane::Technical => self.technical,
            Lane::NonTechnical => self.non_technical,
        }
    }

    /// The word for a state that a refusal names by code.
    pub(super) fn state_word(&self, code: &str) -> &'static str {
        let s = &self.states;
        match code {
            "ticked" => s.ticked,
            "begun" => s.begun,
            "verified" => s.verified,
            "exempt" => s.exempt,
            "exemption" => s.exemption,
            "accepted" => s.accepted,
            "in_scope" => s.in_scope,
            "in_epic" => s.in_epic,
            "ranked" => s.ranked,
            "done" => s.done,
            "dropped" => s.dropped,
            "answered" => s.answered,
            "launched" => s.launched,
            "in_poll" => s.in_poll,
            #[cfg(feature = "drawn")]
            "excepted" => self.windows.excepted,
            #[cfg(feature = "drawn")]
            "attached" => self.files.attached,
            #[cfg(feature = "drawn")]
            "read" => self.notices.read,
            #[cfg(feature = "drawn")]
            "replaced" => self.notices.replaced,
            _ => s.open,
        }
    }
}

//! The texts of pages that a server draws alone.

use super::{Plural, Str};

texts! {
    /// The story of a launch, week by week.
    WeeksTexts {
        title: Str,
        said: Str,
        says: Str,
        not_begun: Str,
        previous: Str,
        next: Str,
        weeks: Str,
        week_of: Str,
        first: Str,
        cockpit_then: Str,
        cockpit_now: Str,
        chart: Str,
        how: Str,
        key_both: Str,
        key_stories: Str,
        key_items: Str,
        key_technical: Str,
        key_others: Str,
        spoken: Str,
        spoken_chance: Str,
        week: Str,
        until: Str,
        course: Str,
        both: Str,
        stories: Str,
        items: Str,
        technical: Str,
        others: Str,
        percent: Str,
        unknown: Str,
        /// What turned.
        too_early: Str,
        items_off: Str,
        stories_off: Str,
        both_off: Str,
        off: Str,
        recovered: Str,
        at_risk: Str,
        fell: Str,
        rose: Str,
        unsellable: Plural,
        still_unsellable: Plural,
        ready: Str,
        launched: Str,
        done: Str,
        still_off: Str,
        nothing: Str,
    }
}

texts! {
    /// How good forecasts were.
    TrustTexts {
        title: Str,
        /// In the order of the kinds of series.
        kinds: [Str; 5],
        /// Forecast, average velocity, resampling.
        methods: [Str; 3],
        /// The next periods, the rest, the finish.
        measures: [Str; 3],
        error: Str,
        percent: Str,
        periods: Str,
        point: Str,
        none: Str,
        none_more: Str,
        few: Plural,
        few_more: Plural,
        enough: Plural,
        enough_more: Str,
        how: Str,
        read: Str,
        panel: Str,
        panel_held: Str,
        nominal: Str,
        held: Str,
        median_error: Str,
        cases: Plural,
        all: Str,
        launches: Str,
        launch: Str,
        weeks: Str,
        what: Str,
        of: Str,
        error_of: Str,
        held_of: Str,
        left_out: Str,
        left_out_why: Str,
    }
}

texts! {
    /// The policy of the workspace, and what of it a launch demands.
    PolicyTexts {
        title: Str,
        hint: Str,
        required: Str,
        verified: Str,
        always: Str,
        nobody: Str,
        set: Str,
        set_hint: Str,
        running: Str,
        running_hint: Str,
        demands_nothing: Str,
        all_adopted: Str,
        launch: Str,
        would: Str,
        becomes_required: Str,
        becomes_verified: Str,
        missing: Str,
        waiting: Plural,
        blockers: Str,
        apply: Str,
        apply_all: Str,
        changes: Str,
        changes_hint: Str,
        never_changed: Str,
        /// Required, no longer, verified, no longer.
        changed: [Str; 4],
        windows_changed: Str,
        freezes_changed: Str,
        takes_windows: Str,
        then_outside: Str,
        then_frozen: Str,
        exception_falls: Str,
        then_honest: Str,
        honest_comes: Str,
        /// On the settings of a launch.
        verified_head: Str,
        verified_hint: Str,
        not_verified: Str,
        verify: Str,
    }
}

texts! {
    /// Release windows, freezes, and exceptions from them.
    WindowTexts {
        title: Str,
        hint: Str,
        windows: Str,
        windows_hint: Str,
        no_windows: Str,
        window: Str,
        days: Str,
        opens: Str,
        closes: Str,
        /// A window that is closed on the day after it opened.
        next_day: Str,
        freezes: Str,
        freezes_hint: Str,
        no_freezes: Str,
        freeze: Str,
        first: Str,
        last: Str,
        set: Str,
        /// On the settings of a launch.
        own_hint: Str,
        /// Of a launch that was launched.
        stand: Str,
        moment: Str,
        in_window: Str,
        except: Str,
        except_hint: Str,
        /// The states that refusals speak of.
        excepted: Str,
        moment_open: Str,
        too_many_windows: Str,
        too_many_freezes: Str,
        /// On the calendar of a launch.
        same_day: Str,
        /// On the portfolio.
        one_day: Str,
        backward: Str,
        backward_hint: Str,
        day: Str,
        until_moment: Str,
        what: Str,
        today: Str,
        window_opens: Str,
        freeze_until: Str,
        other_launch: Str,
        a_weekday: Str,
        a_last_day: Str,
    }
}

texts! {
    /// Templates, and what changed in one since a launch took it.
    TemplateTexts {
        title: Str,
        hint: Str,
        version: Str,
        called: Str,
        items: Str,
        sizes: Str,
        published: Str,
        built_in: Str,
        unreadable: Str,
        publish: Str,
        publish_hint: Str,
        id: Str,
        file: Str,
        begin_with: Str,
        since: Str,
        none_taken: Str,
        held: Str,
        nothing_new: Str,
        added: Str,
        changed: Str,
        gone: Str,
        was_is: Str,
        by_hand: Str,
        no_yes: [Str; 2],
        nothing: Str,
        apply: Str,
        apply_hint: Str,
        copy: Str,
        copy_hint: Str,
    }
}

texts! {
    /// The poll and the decision.
    PollTexts {
        not_asked: Str,
        no_go_unexplained: Str,
        no_condition: Str,
        idle_condition: Str,
        no_condition_stands: Str,
        decision_unexplained: Str,
        call: Str,
        condition: Str,
        none: Str,
        what: Str,
        rule: Str,
        would_ask: Str,
        opens: Str,
        opens_anybody: Str,
        opens_nobody: Str,
        decides: Str,
        decides_anybody: Str,
        decides_nobody: Str,
        leads_missing: Str,
        name_leads: Str,
        open: Str,
        open_again: Str,
        as_pdf: Str,
        session: Str,
        decided_by: Str,
        votes: Str,
        spoken: Str,
        speaks: Str,
        says: Str,
        words: Str,
        at: Str,
        not_spoken: Str,
        void: Str,
        void_by: Str,
        void_unnamed: Str,
        void_aged: Str,
        replaced: Str,
        condition_line: Str,
        binds: Str,
        vote_for: Str,
        vote_again: Str,
        send_vote: Str,
        owed: Str,
        owed_why: Str,
        owed_again: Str,
        conditions_hint: Str,
        decision: Str,
        open_yet: Str,
        poll: Str,
        tally: Str,
        comes_to: Str,
        nothing_yet: Str,
        verdict: Str,
        against: Str,
        early: Str,
        decide: Str,
        decide_hint: Str,
        only_no_go: Str,
        criteria: Str,
        then: Str,
        now: Str,
        all: Str,
        cockpit_then: Str,
        criteria_caption: Str,
        conditions: Str,
        no_later: Str,
        owes: Str,
        set_by: Str,
        waivers: Str,
        no_waiver: Str,
        ends: Str,
        item_reason: Str,
        approved: Str,
        earlier: Str,
        nobody_spoke: Str,
        printed: Str,
    }
}

texts! {
    /// Files as evidence.
    FileTexts {
        attached: Str,
        verified: Str,
        full: Str,
        none: Str,
        choose: Str,
        /// What may be attached, to stand within a sentence.
        allowed: Str,
        hint: Str,
        attach: Str,
    }
}

texts! {
    /// Change notices.
    NoticeTexts {
        /// What one is called within a line.
        notice: Str,
        /// The states that refusals speak of.
        read: Str,
        replaced: Str,
        unaddressed: Str,
        undue: Str,
        narrowed: Str,
        softened: Str,
        hint: Str,
        none: Str,
        current: Plural,
        earlier: Str,
        issued_by: Str,
        to: Str,
        due_by: Str,
        in_place_of: Str,
        replaced_by: Str,
        reads: Str,
        readers: Str,
        person: Str,
        when: Str,
        wrote: Str,
        not_yet: Str,
        nobody_there: Str,
        do_read: Str,
        issue: Str,
        correct: Str,
        title: Str,
        text: Str,
        disciplines: Str,
        due: Str,
        blocking: Str,
        send: Str,
        /// What a mail asks for.
        to_read: Str,
        owed_why: Str,
    }
}

texts! {
    /// Following an item.
    FollowTexts {
        begin: Str,
        end: Str,
        end_of: Str,
        hint: Str,
        head: Str,
        item: Str,
        nothing: Str,
        change: Str,
        full: Str,
    }
}

texts! {
    /// What a page says that is kept up to date.
    RenewTexts {
        done: Str,
        changed: Str,
        gone: Str,
        again: Str,
    }
}

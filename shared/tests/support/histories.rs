//! Random histories of commands from several people over a few epics, stories and items, so that
//! they meet: repeated, contradicting, in any order. The times move on, sometimes by days.

use chrono::TimeDelta;
use proptest::{prelude::*, sample::select};
use startklar::{
    Actor, Command, CommandId, Discipline, Launch, PersonId, Recorded,
    command::{Refusal, StoryPart},
    decide,
    engine::Course,
    journal::{FileDetail, ItemDetail, RequestDetail, StoryDetail},
    model::{
        Ballot, Call, Condition, File, Freeze, Member, Notice, RequestKind, Unit, Weekdays, Window,
        Windows,
    },
    time::{Instant, parse_instant},
    workspace,
};

pub const PEOPLE: u128 = 4;

/// A command by somebody, so many seconds after the one before.
#[derive(Debug, Clone)]
pub struct Step {
    pub by: PersonId,
    pub after: i64,
    pub command: Command,
}

pub fn start() -> Instant {
    parse_instant("2026-02-23T08:00:30Z").unwrap()
}

pub fn plan() -> Command {
    Command::plan_launch("x", "X", "2026-03-02", 10, "2026-05-12T08:00:00Z").unwrap()
}

fn id<T: std::str::FromStr + std::fmt::Debug>(kind: &'static str) -> impl Strategy<Value = T> {
    (0..4_u8).prop_map(move |n| format!("{kind}{n}").parse().ok().unwrap())
}

fn person() -> impl Strategy<Value = PersonId> {
    (1..=PEOPLE).prop_map(PersonId::from_number)
}

fn discipline() -> impl Strategy<Value = Discipline> {
    prop_oneof![
        4 => select(vec![Discipline::Marketing, Discipline::Sales]),
        1 => select(Discipline::ALL.to_vec()),
    ]
}

fn story_detail() -> impl Strategy<Value = StoryDetail> {
    (
        proptest::option::of(0..20_u16),
        proptest::option::of(1..10_u8),
    )
        .prop_map(|(points, sprint)| StoryDetail {
            title: "Story".parse().unwrap(),
            note: None,
            points,
            sprint,
            owner: None,
        })
}

fn item_detail() -> impl Strategy<Value = ItemDetail> {
    (
        discipline(),
        proptest::bool::weighted(0.8),
        proptest::collection::vec(id("e"), 0..2),
        proptest::collection::vec(id("i"), 0..3),
        proptest::collection::vec(id("e"), 0..2),
        0..60_u16,
        any::<(bool, bool, bool)>(),
    )
        .prop_map(
            |(discipline, blocking, covers, needs, needs_epics, lead_days, asks)| {
                let (evidence, second, confirm) = asks;
                ItemDetail {
                    title: "Item".parse().unwrap(),
                    note: None,
                    discipline,
                    blocking,
                    covers,
                    owner: None,
                    lead_days,
                    due: None,
                    needs,
                    needs_epics,
                    evidence: evidence.then(|| "proof".parse().unwrap()),
                    second_person: second,
                    confirm_days: confirm.then_some(9),
                }
            },
        )
}

fn request_detail() -> impl Strategy<Value = RequestDetail> {
    (discipline(), discipline(), any::<bool>(), 0..60_i64).prop_map(|(from, to, blocking, days)| {
        RequestDetail {
            kind: RequestKind::Question,
            from,
            to,
            text: "What?".parse().unwrap(),
            owner: None,
            due: (start() + TimeDelta::days(days)).date_naive(),
            blocking,
            item: None,
        }
    })
}

fn on_epic() -> impl Strategy<Value = Command> {
    prop_oneof![
        1 => id("e").prop_map(|id| Command::AddEpic { id, title: "Epic".parse().unwrap(), note: None }),
        1 => (id("e"), 0..4_u32).prop_map(|(epic, to)| Command::RankEpic { epic, to }),
        1 => id("e").prop_map(|epic| Command::ScopeEpic { epic }),
        1 => id("e").prop_map(|epic| Command::UnscopeEpic { epic }),
        1 => (id("e"), id("e")).prop_map(|(one, other)| Command::CutScope {
            take_in: vec![one],
            take_out: vec![other],
        }),
        3 => id("e").prop_map(|epic| Command::AcceptEpic { epic }),
        1 => id("e").prop_map(|epic| Command::WithdrawAcceptance { epic }),
    ]
}

fn on_story() -> impl Strategy<Value = Command> {
    prop_oneof![
        1 => (id("s"), id("e"), story_detail())
            .prop_map(|(id, epic, detail)| Command::AddStory { id, epic, detail }),
        1 => (id("s"), story_detail()).prop_map(|(story, detail)| Command::EditStory { story, detail }),
        1 => (id("s"), id("e")).prop_map(|(story, epic)| Command::MoveStory { story, epic }),
        1 => (id("s"), proptest::option::of(0..20_u16))
            .prop_map(|(story, points)| Command::EstimateStory { story, points }),
        1 => (id("s"), id("s"), proptest::option::of(0..9_u16)).prop_map(|(story, id, points)| {
            Command::SplitStory {
                story,
                title: "Less".parse().unwrap(),
                points,
                parts: vec![StoryPart { id, title: "More".parse().unwrap(), points }],
            }
        }),
        1 => (id("s"), id("s")).prop_map(|(story, part)| Command::MergeStory {
            story,
            title: "Whole".parse().unwrap(),
            points: Some(8),
            parts: vec![part],
        }),
        1 => id("s").prop_map(|story| Command::BeginStory { story }),
        4 => id("s").prop_map(|story| Command::FinishStory { story }),
        1 => id("s").prop_map(|story| Command::DropStory { story }),
        1 => id("s").prop_map(|story| Command::ReopenStory { story }),
    ]
}

/// One of a few files, so that the same one is handed in and taken off again.
fn file() -> impl Strategy<Value = File> {
    (0..3_u32).prop_map(|n| File {
        name: "proof.pdf".parse().unwrap(),
        media: "application/pdf".parse().unwrap(),
        size: n + 1,
        sha256: format!("{n:064}").parse().unwrap(),
    })
}

fn on_item() -> impl Strategy<Value = Command> {
    let evidence = || proptest::option::of(Just("link".parse().unwrap()));
    prop_oneof![
        2 => (id("i"), item_detail()).prop_map(|(id, detail)| Command::AddItem { id, detail }),
        1 => (id("i"), item_detail()).prop_map(|(item, detail)| Command::EditItem { item, detail }),
        1 => (id("i"), proptest::option::of(person()))
            .prop_map(|(item, owner)| Command::AssignItem { item, owner }),
        1 => id("i").prop_map(|item| Command::BeginItem { item }),
        1 => id("i").prop_map(|item| Command::WithdrawBegin { item }),
        6 => (id("i"), evidence())
            .prop_map(|(item, evidence)| Command::TickItem { item, evidence }),
        1 => id("i").prop_map(|item| Command::UntickItem { item }),
        2 => (id("i"), file()).prop_map(|(item, file)| Command::AttachFile(FileDetail { item, file })),
        1 => (id("i"), file())
            .prop_map(|(item, file)| Command::DetachFile { item, sha256: file.sha256 }),
        3 => id("i").prop_map(|item| Command::VerifyItem { item }),
        1 => id("i").prop_map(|item| Command::ConfirmItem { item }),
        1 => (id("i"), 0..30_i64).prop_map(|(item, days)| Command::AskWaiver {
            item,
            reason: "later".parse().unwrap(),
            until: (start() + TimeDelta::days(days)).date_naive(),
        }),
        1 => id("i").prop_map(|item| Command::AskNotApplicable {
            item,
            reason: "never".parse().unwrap(),
        }),
        3 => id("i").prop_map(|item| Command::GrantExemption { item }),
        1 => id("i").prop_map(|item| Command::WithdrawExemption { item }),
    ]
}

fn member() -> impl Strategy<Value = Member> {
    let works_for = proptest::collection::btree_set(discipline(), 0..3);
    (any::<[bool; 3]>(), works_for).prop_map(|([approves, product_owner, decides], works_for)| {
        Member {
            approves,
            product_owner,
            decides,
            works_for: works_for.into_iter().collect(),
        }
    })
}

/// Windows and freezes, in some of which the launch moment lies: a Tuesday in May.
fn windows() -> impl Strategy<Value = Windows> {
    let days = proptest::sample::subsequence(&Weekdays::CODES[..3], 1..3);
    let window = (days, select(vec!["08:00", "09:00", "22:00"])).prop_map(|(days, from)| Window {
        days: Weekdays::of(days).unwrap(),
        from: from.parse().unwrap(),
        to: "09:00".parse().unwrap(),
    });
    let freeze = (10..15_u32, 0..3_i64).prop_map(|(day, more)| {
        let first: chrono::NaiveDate = format!("2026-05-{day}").parse().unwrap();
        Freeze::new(
            "Fair".parse().unwrap(),
            first,
            first + TimeDelta::days(more),
        )
        .unwrap()
    });
    let windows = proptest::collection::vec(window, 0..3);
    let freezes = proptest::collection::vec(freeze, 0..2);
    (windows, freezes).prop_map(|(windows, freezes)| Windows::new(windows, freezes).unwrap())
}

fn on_launch() -> impl Strategy<Value = Command> {
    prop_oneof![
        1 => Just(plan()),
        1 => discipline().prop_map(|discipline| Command::RequireDiscipline { discipline }),
        1 => discipline().prop_map(|discipline| Command::RequireVerification { discipline }),
        1 => (discipline(), discipline()).prop_map(|(required, verified)| {
            Command::AdoptPolicy(workspace::Policy::new([required], [verified]))
        }),
        1 => windows().prop_map(Command::SetWindows),
        1 => windows().prop_map(|windows| {
            Command::AdoptPolicy(workspace::Policy::default().within(windows))
        }),
        1 => Just(Command::ExceptMoment { reason: "so".parse().unwrap() }),
        1 => (person(), member()).prop_map(|(person, member)| Command::SetMember { person, member }),
        1 => (discipline(), proptest::option::of(person()))
            .prop_map(|(discipline, lead)| Command::NameLead { discipline, lead }),
        1 => (id("r"), request_detail()).prop_map(|(id, detail)| Command::MakeRequest { id, detail }),
        1 => id("r").prop_map(|request| Command::AnswerRequest {
            request,
            text: "So.".parse().unwrap(),
        }),
        1 => id("r").prop_map(|request| Command::ReopenRequest { request }),
        1 => id("r").prop_map(|request| Command::DiscussRequest {
            request,
            text: "Which?".parse().unwrap(),
        }),
        1 => (0..30_i64).prop_map(|days| Command::DeclareCourse {
            course: Course::AtRisk,
            reason: "felt".parse().unwrap(),
            until: (start() + TimeDelta::days(days)).date_naive(),
        }),
        1 => (1..3_u8).prop_map(|weeks| Command::SetSprintLength { weeks }),
        1 => (1..9_u8, proptest::option::of(0..30_u16)).prop_map(|(sprint, capacity)| {
            Command::SetCapacity { sprint, capacity, unit: Unit::Points }
        }),
        1 => Just(Command::WithdrawCourse),
        2 => Just(Command::RecordLaunch),
        2 => Just(Command::CloseWatch),
    ]
}

fn ballot() -> impl Strategy<Value = Ballot> {
    let call = select(Call::ALL.to_vec());
    (discipline(), call, person(), 0..60_i64).prop_map(|(discipline, call, owner, days)| {
        let condition = Condition {
            text: "Item".parse().unwrap(),
            owner,
            due: (start() + TimeDelta::days(days)).date_naive(),
        };
        let named = call == Call::GoWithConditions;
        Ballot {
            discipline,
            call,
            reason: (call == Call::NoGo).then(|| "felt".parse().unwrap()),
            conditions: named.then_some(condition).into_iter().collect(),
        }
    })
}

fn notice() -> impl Strategy<Value = Notice> {
    let to = proptest::collection::vec(discipline(), 0..3);
    let due = proptest::option::weighted(0.8, 0..40_i64);
    let replaces = proptest::option::weighted(0.3, id("n"));
    (id("n"), to, due, any::<bool>(), replaces).prop_map(
        |(id, disciplines, due, blocking, replaces)| Notice {
            id,
            title: "Notice".parse().unwrap(),
            text: "What changes.".parse().unwrap(),
            disciplines,
            due: due.map(|days| (start() + TimeDelta::days(days)).date_naive()),
            blocking,
            replaces,
        },
    )
}

fn on_notice() -> impl Strategy<Value = Command> {
    prop_oneof![
        2 => notice().prop_map(Command::IssueNotice),
        2 => id("n").prop_map(|notice| Command::ReadNotice { notice }),
        1 => (person(), member())
            .prop_map(|(person, member)| Command::SetMember { person, member }),
    ]
}

fn on_poll() -> impl Strategy<Value = Command> {
    let call = select(Call::ALL.to_vec());
    let reason = proptest::option::of(Just("so".parse().unwrap()));
    prop_oneof![
        2 => Just(Command::OpenPoll),
        2 => (discipline(), person())
            .prop_map(|(discipline, lead)| Command::NameLead { discipline, lead: Some(lead) }),
        8 => ballot().prop_map(Command::CastVote),
        1 => (call, reason).prop_map(|(call, reason)| Command::DecidePoll { call, reason }),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let command = prop_oneof![
        2 => on_epic(),
        3 => on_story(),
        7 => on_item(),
        1 => on_launch(),
        2 => on_poll(),
        1 => on_notice(),
    ];
    given(command)
}

/// Somebody gives such a command, mostly a minute after the one before.
fn given(command: impl Strategy<Value = Command>) -> impl Strategy<Value = Step> {
    let after =
        prop_oneof![6 => Just(60_i64), 1 => 0..2_i64, 1 => (1..6_i64).prop_map(|d| d * 86_400)];
    (person(), after, command).prop_map(|(by, after, command)| Step { by, after, command })
}

/// A history of at most so many commands.
pub fn history(most: usize) -> impl Strategy<Value = Vec<Step>> {
    proptest::collection::vec(step(), 0..most)
}

/// A history that has every chance to become ready: a small launch is built first.
pub fn hopeful(most: usize) -> impl Strategy<Value = Vec<Step>> {
    (
        proptest::collection::vec(item_detail(), 2..4),
        history(most),
    )
        .prop_map(|(details, rest)| {
            let mut steps = vec![
                of(1, plan()),
                of(
                    1,
                    Command::SetMember {
                        person: PersonId::from_number(2),
                        member: Member {
                            approves: true,
                            ..Member::default()
                        },
                    },
                ),
                of(
                    1,
                    Command::AddEpic {
                        id: "e0".parse().unwrap(),
                        title: "Epic".parse().unwrap(),
                        note: None,
                    },
                ),
                of(
                    1,
                    Command::ScopeEpic {
                        epic: "e0".parse().unwrap(),
                    },
                ),
                of(
                    1,
                    Command::AddStory {
                        id: "s0".parse().unwrap(),
                        epic: "e0".parse().unwrap(),
                        detail: StoryDetail {
                            title: "Story".parse().unwrap(),
                            note: None,
                            points: None,
                            sprint: None,
                            owner: None,
                        },
                    },
                ),
                of(
                    1,
                    Command::FinishStory {
                        story: "s0".parse().unwrap(),
                    },
                ),
                of(
                    1,
                    Command::AcceptEpic {
                        epic: "e0".parse().unwrap(),
                    },
                ),
            ];
            for (n, mut detail) in details.into_iter().enumerate() {
                let item: startklar::ItemId = format!("i{n}").parse().unwrap();
                detail.discipline = [Discipline::Marketing, Discipline::Sales][n % 2];
                detail.covers.clear();
                detail.needs.clear();
                detail.blocking = true;
                steps.push(of(
                    1,
                    Command::AddItem {
                        id: item.clone(),
                        detail,
                    },
                ));
                let evidence = Some("link".parse().unwrap());
                steps.push(of(
                    1,
                    Command::TickItem {
                        item: item.clone(),
                        evidence,
                    },
                ));
                steps.push(of(2, Command::VerifyItem { item }));
            }
            steps.extend(rest);
            steps
        })
}

/// A history in which somebody asks for go or no-go: a small launch, led by its people, who speak.
pub fn polled(most: usize) -> impl Strategy<Value = Vec<Step>> {
    let votes = proptest::collection::vec(ballot(), 2..8);
    let call = select(Call::ALL.to_vec());
    // What votes rest on is for the most part where items stand.
    let between = proptest::collection::vec(prop_oneof![step(), given(on_item())], 0..most);
    (hopeful(1), votes, between, history(most), call).prop_map(
        |(mut steps, votes, between, after, call)| {
            for discipline in Discipline::ALL {
                let lead = Some(PersonId::from_number(1));
                steps.push(of(1, Command::NameLead { discipline, lead }));
            }
            steps.push(of(1, Command::OpenPoll));
            let cast = |ballot| of(1, Command::CastVote(ballot));
            steps.extend(votes.iter().cloned().map(cast));
            steps.extend(between);
            steps.extend(votes.into_iter().map(cast));
            let reason = Some("so".parse().unwrap());
            steps.push(of(2, Command::DecidePoll { call, reason }));
            steps.extend(after);
            steps
        },
    )
}

/// A history that has every chance to be warned of: a pace of a story a week, a scope that doubles
/// after the first week, one person who owns more than they can close and has begun one thing only, a
/// waiver that ends too early.
pub fn strained(most: usize) -> impl Strategy<Value = Vec<Step>> {
    history(most).prop_map(|rest| {
        let epic: startklar::EpicId = "main".parse().unwrap();
        let title = "Epic".parse().unwrap();
        let add = Command::AddEpic {
            id: epic.clone(),
            title,
            note: None,
        };
        let mut steps = vec![of(1, add), of(1, Command::ScopeEpic { epic: epic.clone() })];
        let story = |n: usize| {
            let id = format!("w{n}").parse().unwrap();
            of(
                1,
                Command::AddStory {
                    id,
                    epic: epic.clone(),
                    detail: plain_story(),
                },
            )
        };
        steps.extend((0..20).map(story));
        for n in 0..12 {
            let id: startklar::ItemId = format!("w{n}").parse().unwrap();
            steps.push(of(
                1,
                Command::AddItem {
                    id: id.clone(),
                    detail: long_item(n),
                },
            ));
            if n == 0 {
                steps.push(of(1, Command::BeginItem { item: id }));
            }
        }
        steps.extend(waived("w11"));
        // The launch starts a week after the histories do.
        for n in 0..6 {
            let mut step = of(
                1,
                Command::FinishStory {
                    story: format!("w{n}").parse().unwrap(),
                },
            );
            step.after = 7 * 86_400;
            steps.push(step);
            if n == 2 {
                steps.extend((20..40).map(story));
            }
        }
        steps.extend(rest);
        steps
    })
}

/// A waiver that holds until three days before the launch moment.
fn waived(item: &str) -> [Step; 3] {
    let item: startklar::ItemId = item.parse().unwrap();
    let approver = Member {
        approves: true,
        ..Member::default()
    };
    [
        of(
            1,
            Command::SetMember {
                person: PersonId::from_number(2),
                member: approver,
            },
        ),
        of(
            1,
            Command::AskWaiver {
                item: item.clone(),
                reason: "later".parse().unwrap(),
                until: (start() + TimeDelta::days(75)).date_naive(),
            },
        ),
        of(2, Command::GrantExemption { item }),
    ]
}

fn plain_story() -> StoryDetail {
    StoryDetail {
        title: "Story".parse().unwrap(),
        note: None,
        points: None,
        sprint: None,
        owner: None,
    }
}

/// The first is of a discipline of its own.
fn long_item(n: usize) -> ItemDetail {
    ItemDetail {
        title: "Item".parse().unwrap(),
        note: None,
        discipline: if n == 0 {
            Discipline::Marketing
        } else {
            Discipline::Sales
        },
        blocking: true,
        covers: Vec::new(),
        owner: Some(PersonId::from_number(1)),
        lead_days: if n == 0 { 10 } else { 60 },
        due: None,
        needs: Vec::new(),
        needs_epics: Vec::new(),
        evidence: None,
        second_person: false,
        confirm_days: None,
    }
}

fn of(person: u128, command: Command) -> Step {
    Step {
        by: PersonId::from_number(person),
        after: 60,
        command,
    }
}

/// What became of a history.
pub struct Played {
    pub journal: Vec<Recorded>,
    pub launch: Launch,
    pub now: Instant,
    pub refused: Vec<Refusal>,
}

/// Plays a history: every command is decided against the launch as it then stands.
pub fn play(steps: &[Step]) -> Played {
    let mut played = Played {
        journal: Vec::new(),
        launch: Launch::default(),
        now: start(),
        refused: Vec::new(),
    };
    give(&mut played, PersonId::from_number(1), &plan());
    for step in steps {
        played.now += TimeDelta::seconds(step.after);
        give(&mut played, step.by, &step.command);
    }
    played
}

/// Gives one command now; returns whether it happened.
pub fn give(played: &mut Played, by: PersonId, command: &Command) -> bool {
    match decide(&played.launch, command, &Actor::person(by), played.now) {
        Ok(events) => {
            for event in events {
                let seq = played.launch.revision + 1;
                let record = Recorded {
                    v: startklar::journal::VERSION,
                    seq,
                    at: played.now,
                    by,
                    command: CommandId(uuid::Uuid::from_u128(seq.into())),
                    event,
                };
                played.launch.apply(&record);
                played.journal.push(record);
            }
            true
        }
        Err(refusal) => {
            played.refused.push(refusal);
            false
        }
    }
}

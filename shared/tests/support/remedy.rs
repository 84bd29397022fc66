//! What people would do about a finding: the commands that close it, as several tries.

use startklar::{
    Command, Discipline, Launch, PersonId,
    engine::{Finding, Rule, Subject},
    journal::{ItemDetail, StoryDetail},
    model::{Member, Windows},
};

use super::histories::{PEOPLE, Played, give};

/// Does what the findings ask for, again and again until nothing moves any more: what depends on
/// something else comes after it. `listed` are all that are known, those left alone included.
pub fn close(played: &mut Played, findings: &[Finding], listed: &[Finding]) {
    let mut commands: Vec<Try> = findings
        .iter()
        .flat_map(|f| commands(&played.launch, f, listed))
        .collect();
    commands.extend(open(&played.launch, findings));
    for _ in 0..commands.len().max(1) {
        let mut moved = false;
        for Try { by, command } in &commands {
            let mut able = |by| give(played, by, command);
            // A second person is somebody else: whoever ticked or handed in a file cannot verify. The
            // last one has done neither.
            moved |= match by {
                Some(by) => able(*by),
                None => [1, 2, PEOPLE + 1]
                    .map(PersonId::from_number)
                    .into_iter()
                    .any(able),
            };
        }
        if !moved {
            return;
        }
    }
}

/// Takes away what keeps the launch moment from being one: the windows, the freezes, or both.
fn open(launch: &Launch, findings: &[Finding]) -> Option<Try> {
    let found = |rule| findings.iter().any(|f| f.rule == rule);
    let [outside, frozen] = [Rule::MomentOutsideWindow, Rule::MomentInFreeze].map(found);
    let windows = launch
        .windows
        .windows()
        .iter()
        .filter(|_| !outside)
        .copied();
    let freezes = launch.windows.freezes().iter().filter(|_| !frozen).cloned();
    let windows = Windows::new(windows.collect(), freezes.collect()).unwrap();
    let command = Command::SetWindows(windows);
    (outside || frozen).then_some(Try { by: None, command })
}

/// A command that closes something, and who alone gives it, if it is not for anybody.
struct Try {
    by: Option<PersonId>,
    command: Command,
}

fn commands(launch: &Launch, finding: &Finding, all: &[Finding]) -> Vec<Try> {
    let Subject::Notice(ix) = finding.subject else {
        let anybody = |command| Try { by: None, command };
        return of_all(launch, finding, all)
            .into_iter()
            .map(anybody)
            .collect();
    };
    // Somebody of that discipline alone takes it up there and reads it: whoever reads it for another
    // discipline too would close what is not asked for.
    let notice = launch.notice_at(ix).unwrap().notice.id.clone();
    let discipline = finding.discipline;
    let reader = PersonId::from_number(PEOPLE + 2 + discipline as u128);
    // Who leads it stays who they are: they may know what others there do not.
    let member = Member {
        works_for: vec![discipline],
        ..Member::default()
    };
    // Once somebody approves, only they give parts.
    let approver = launch.members.iter().find(|(_, member)| member.approves);
    let approver = approver.map(|(id, _)| *id);
    let person = reader;
    [
        (approver, Command::SetMember { person, member }),
        (Some(reader), Command::ReadNotice { notice }),
    ]
    .map(|(by, command)| Try { by, command })
    .into()
}

fn of_all(launch: &Launch, finding: &Finding, all: &[Finding]) -> Vec<Command> {
    match finding.subject {
        Subject::Item(ix) => {
            let item = launch.items.at(ix).unwrap().id.clone();
            let mut commands = vec![Command::TickItem {
                item: item.clone(),
                evidence: Some("proof".parse().unwrap()),
            }];
            if finding.rule == Rule::ItemStale {
                commands.push(Command::ConfirmItem { item: item.clone() });
            }
            commands.push(Command::VerifyItem { item });
            commands
        }
        Subject::Story(ix) => {
            vec![Command::FinishStory {
                story: launch.stories.at(ix).unwrap().id.clone(),
            }]
        }
        Subject::Request(ix) => vec![Command::AnswerRequest {
            request: launch.requests.at(ix).unwrap().id.clone(),
            text: "So.".parse().unwrap(),
        }],
        Subject::Notice(_) => Vec::new(),
        Subject::Epic(ix) => {
            let epic = launch.epics.at(ix).unwrap().id.clone();
            match finding.rule {
                Rule::EpicEmpty => build(&epic),
                Rule::DisciplineMissing => cover(finding.discipline, Some(&epic)),
                _ => vec![Command::AcceptEpic { epic }],
            }
        }
        Subject::Discipline(discipline) => cover(discipline, None),
        Subject::Launch if finding.rule != Rule::ScopeEmpty => Vec::new(),
        Subject::Launch => {
            let epic: startklar::EpicId = "new".parse().unwrap();
            let mut commands = vec![
                Command::AddEpic {
                    id: epic.clone(),
                    title: "New".parse().unwrap(),
                    note: None,
                },
                Command::ScopeEpic { epic: epic.clone() },
            ];
            commands.extend(build(&epic));
            commands.push(Command::AcceptEpic { epic: epic.clone() });
            // An epic that comes in needs an item of each required discipline, unless that lacks
            // one altogether and is listed by itself.
            for discipline in Discipline::ALL
                .into_iter()
                .filter(|d| launch.policy.requires(*d))
            {
                if !all
                    .iter()
                    .any(|f| f.subject == Subject::Discipline(discipline))
                {
                    commands.extend(cover(discipline, Some(&epic)));
                }
            }
            commands
        }
    }
}

fn build(epic: &startklar::EpicId) -> Vec<Command> {
    let story: startklar::StoryId = format!("made-for-{epic}").parse().unwrap();
    vec![
        Command::AddStory {
            id: story.clone(),
            epic: epic.clone(),
            detail: StoryDetail {
                title: "Made".parse().unwrap(),
                note: None,
                points: None,
                sprint: None,
                owner: None,
            },
        },
        Command::FinishStory { story },
    ]
}

fn cover(discipline: Discipline, epic: Option<&startklar::EpicId>) -> Vec<Command> {
    let what = epic.map_or("all", |e| e.as_str());
    let item: startklar::ItemId = format!("made-{}-{what}", discipline.code())
        .parse()
        .unwrap();
    vec![
        Command::AddItem {
            id: item.clone(),
            detail: ItemDetail {
                title: "Made".parse().unwrap(),
                note: None,
                discipline,
                blocking: true,
                covers: epic.cloned().into_iter().collect(),
                owner: None,
                lead_days: 0,
                due: None,
                needs: Vec::new(),
                needs_epics: Vec::new(),
                evidence: None,
                second_person: false,
                confirm_days: None,
            },
        },
        Command::TickItem {
            item: item.clone(),
            evidence: None,
        },
        // The launch may want a second person for all items of the discipline.
        Command::VerifyItem { item },
    ]
}

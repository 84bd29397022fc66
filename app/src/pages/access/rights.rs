//! The table of rights, as the library has it.

use leptos::prelude::*;
use startklar::{
    rights::{Act, Reach, Role, Standing, reach},
    texts::AccessTexts,
};

use super::head;
use crate::desk::Desk;

pub(super) fn view(desk: Desk) -> AnyView {
    let t = desk.texts();
    let a = &t.access;
    let open = (desk.standing == Standing::Trusted).then_some(a.rights_open);
    let heads = Role::ALL
        .map(|role| view! { <th scope="col">{t.role(role)}</th> })
        .collect_view();
    let rows = Act::ALL
        .map(|act| {
            let cells = Role::ALL.map(|role| cell(a, role, act)).collect_view();
            view! {
                <tr>
                    <th scope="row">{t.act(act)}</th>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    view! {
        {head(a.rights.to_owned())}
        <p>{a.rights_hint}</p>
        {open.map(|open| view! { <p class="notice">{open}</p> })}
        <div class="scrolls section" tabindex="0" role="region" aria-label=a.rights>
            <table class="rights">
                <caption class="away">{a.rights}</caption>
                <thead>
                    <tr>
                        <th scope="col">{a.act}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="quiet">{a.own_hint}</p>
    }
    .into_any()
}

fn cell(t: &'static AccessTexts, role: Role, act: Act) -> AnyView {
    let [no, own, all] = t.reaches;
    match reach(role, act) {
        Reach::No => view! {
            <td class="quiet">
                <span aria-hidden="true">"–"</span>
                <span class="away">{no}</span>
            </td>
        }
        .into_any(),
        Reach::Own => view! { <td>{own}</td> }.into_any(),
        Reach::All => view! {
            <td>
                <strong>{all}</strong>
            </td>
        }
        .into_any(),
    }
}

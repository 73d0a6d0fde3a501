"""The addresses of both doors. Each route has a row in `balie.channels.access`; a test walks both."""

from django.urls import path

from balie.channels.console import (
    acts,
    drafting,
    files,
    live,
    looking,
    mail,
    objecting,
    preferring,
    queue,
    reaching,
    record,
    relating,
    retracting,
    sign_in,
    tabbing,
    telephone,
    ticket,
    together,
    viewing,
)
from balie.channels.portal import desks, health, notice, versions

_TICKET = "<slug:desk>/tickets/<int:number>"

urlpatterns = [
    path("healthz", health.healthz, name="health"),
    path("", desks.desks, name="desks"),
    path("register/<slug:desk>/<slug:activity>/versions/<int:number>", versions.activity, name="register-version"),
    path("<slug:desk>/notice", notice.notice, name="notice"),
    path("<slug:desk>/sign-in", sign_in.address, name="sign-in"),
    path("<slug:desk>/sign-in/code", sign_in.code, name="sign-in-code"),
    path("<slug:desk>/sign-out", sign_in.out, name="sign-out"),
    path("<slug:desk>/tickets", queue.tickets, name="tickets"),
    path("<slug:desk>/tickets/assignment", together.assignment, name="assignment-together"),
    path("<slug:desk>/tickets/sorting", together.sorting, name="sorting-together"),
    path("<slug:desk>/tickets/closure", together.closure, name="closure-together"),
    path("<slug:desk>/tickets/reopening", together.reopening, name="reopening-together"),
    path("<slug:desk>/tickets/undoing/<uuid:handle>", together.undoing, name="undoing"),
    path(_TICKET, ticket.ticket, name="ticket"),
    path(f"{_TICKET}/answers", acts.answers, name="answers"),
    path(f"{_TICKET}/answers/<uuid:handle>/retraction", retracting.retraction, name="retraction"),
    path(f"{_TICKET}/notes", acts.notes, name="notes"),
    path(f"{_TICKET}/drafts", drafting.drafts, name="drafts"),
    path(f"{_TICKET}/drafts/files", drafting.draft_files, name="draft-files"),
    path(f"{_TICKET}/drafts/files/<uuid:handle>/erasure", drafting.draft_file_erasure, name="draft-file-erasure"),
    path(f"{_TICKET}/following", relating.following, name="following"),
    path(f"{_TICKET}/links", relating.links, name="links"),
    path(f"{_TICKET}/links/<uuid:handle>/end", relating.link_end, name="link-end"),
    path(f"{_TICKET}/merging", relating.merging, name="merging"),
    path(f"{_TICKET}/messages/<uuid:handle>/split", relating.splitting, name="split"),
    path(f"{_TICKET}/assignment", acts.assignment, name="assignment"),
    path(f"{_TICKET}/tab/end", tabbing.tab_end, name="tab-end"),
    path(f"{_TICKET}/contact", reaching.contact, name="contact"),
    path(f"{_TICKET}/sorting", acts.sorting, name="sorting"),
    path(f"{_TICKET}/closure", acts.closure, name="closure"),
    path(f"{_TICKET}/reopening", acts.reopening, name="reopening"),
    path(f"{_TICKET}/items", acts.items, name="items"),
    path(f"{_TICKET}/items/<slug:item>/erasure", acts.item_erasure, name="item-erasure"),
    path(f"{_TICKET}/objections", objecting.recorded, name="objections"),
    path(f"{_TICKET}/objections/<uuid:handle>/decision", objecting.decision, name="objection-decision"),
    path(f"{_TICKET}/attachments/<uuid:handle>", files.attachment, name="attachment"),
    path("<slug:desk>/views", viewing.arrange, name="views"),
    path("<slug:desk>/views/<int:number>", viewing.change, name="view"),
    path("<slug:desk>/views/<int:number>/place", viewing.place, name="view-place"),
    path("<slug:desk>/views/<int:number>/sharing", viewing.sharing, name="view-sharing"),
    path("<slug:desk>/views/<int:number>/end", viewing.end, name="view-end"),
    path("<slug:desk>/live", live.live, name="live"),
    path("<slug:desk>/search", looking.search, name="search"),
    path("<slug:desk>/calls", telephone.calls, name="calls"),
    path("<slug:desk>/calls/incoming", telephone.incoming, name="incoming-calls"),
    path("<slug:desk>/calls/<uuid:handle>", telephone.call, name="call"),
    path("<slug:desk>/calls/<uuid:handle>/end", telephone.end, name="call-end"),
    path("<slug:desk>/mail", mail.room, name="mail"),
    path("<slug:desk>/mail/outgoing/<uuid:handle>/attempts", mail.attempts, name="outgoing-attempts"),
    path("<slug:desk>/mail/outgoing/<uuid:handle>/end", mail.end, name="outgoing-end"),
    path("<slug:desk>/settings", preferring.settings, name="settings"),
    path("<slug:desk>/settings/shortcuts", preferring.keys, name="shortcuts"),
    path("<slug:desk>/register", record.register_page, name="desk-register"),
]

handler400 = "balie.channels.pages.bad_request"
handler403 = "balie.channels.pages.not_found"
handler404 = "balie.channels.pages.not_found"
handler500 = "balie.channels.pages.broken"

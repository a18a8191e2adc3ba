/** Who may sign in, and who is invited. */
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { meQuery } from "../../api/queries";
import type { ListColumn } from "../../components/listing/column";
import { Listing } from "../../components/listing/listing";
import { Select } from "../../components/select";
import { Tag } from "../../components/tag";
import { TimeAgo } from "../../components/time";
import { say } from "../../lib/toasts";
import { wordsOf } from "../../lib/words";
import { settings } from "../../strings/settings";
import { Invitations } from "./invitations";
import { type Member, membersQuery, ROLES } from "./queries";

const text = settings.members;
const rowKey = (member: Member) => String(member.id);

export function Members() {
  const query = useInfiniteQuery(membersQuery);
  const own = useQuery(meQuery).data?.operator?.id;
  const change = useChange();
  return (
    <>
      <section>
        <Listing name="members" label={text.list} columns={columnsOf(own, change)} query={query} rowKey={rowKey} plain empty={{ title: text.empty, hint: text.emptyTry }} />
        <dl className="settings__roles small">
          {ROLES.map((role) => <div key={role}><dt>{text.roles[role]}</dt><dd className="muted">{text.roleMeans[role]}</dd></div>)}
        </dl>
      </section>
      <Invitations />
    </>
  );
}

type Change = (member: Member, asked: { role?: string; disabled?: boolean }) => Promise<void>;

/** Changes a member at once, with a way back. */
function useChange(): Change {
  const queryClient = useQueryClient();
  const { queryKey } = membersQuery;
  const show = (id: number, part: Partial<Member>) => queryClient.setQueryData(queryKey, (old) => old && {
    ...old, pages: old.pages.map((page) => ({ ...page, items: page.items.map((member) => (member.id === id ? { ...member, ...part } : member)) })),
  });
  const send = async (member: Member, body: { role?: string; disabled?: boolean }) => {
    await queryClient.cancelQueries({ queryKey });
    show(member.id, body.role === undefined ? { disabled_at: body.disabled ? new Date().toISOString() : null } : { role: body.role });
    try {
      await answer(api.PATCH("/api/v1/members/{operator_id}", { params: { path: { operator_id: member.id } }, body }));
    } finally {
      await queryClient.invalidateQueries({ queryKey });
    }
  };
  return async (member, asked) => {
    const before = asked.role === undefined ? { disabled: !asked.disabled } : { role: member.role };
    const done = asked.role !== undefined ? text.roleDone(member.email, text.roles[asked.role] ?? asked.role)
      : asked.disabled ? text.deactivated(member.email) : text.activated(member.email);
    try {
      await send(member, asked);
      say(done, { undo: () => send(member, before) });
    } catch (error) {
      say(wordsOf(error), { bad: true });
    }
  };
}

const columnsOf = (own: number | undefined, change: Change): readonly ListColumn<Member>[] => [
  { key: "email", name: text.columns.email, width: "minmax(150px, 2fr)", phone: "main", cell: (member) => <><bdi title={member.email}>{member.email}</bdi> {member.id === own && <Tag>{text.you}</Tag>}</> },
  { key: "role", name: text.columns.role, width: "124px", phone: "below", cell: (member) => <RoleSelect member={member} change={change} /> },
  { key: "factor", name: text.columns.factor, width: "106px", cell: (member) => member.has_second_factor ? <Tag meaning="good">{text.on}</Tag> : <Tag>{text.off}</Tag> },
  { key: "password", name: text.columns.password, width: "104px", cell: (member) => <span className="muted"><TimeAgo iso={member.password_changed_at} /></span> },
  { key: "since", name: text.columns.since, width: "104px", optional: true, cell: (member) => <span className="muted"><TimeAgo iso={member.created_at} /></span> },
  { key: "state", name: text.columns.state, width: "118px", phone: "side", cell: (member) => member.disabled_at ? <Tag meaning="warn">{text.disabled}</Tag> : <Tag meaning="good">{text.active}</Tag> },
  { key: "act", name: "", width: "104px", phone: "end", cell: (member) => member.id !== own && (
    <button type="button" className="button settings__act" onClick={() => void change(member, { disabled: !member.disabled_at })}>{member.disabled_at ? text.activate : text.deactivate}</button>
  ) },
];

function RoleSelect({ member, change }: { member: Member; change: Change }) {
  return (
    <Select label={text.roleOf(member.email)} value={member.role} className="settings__act" onChange={(role) => void change(member, { role })}>
      {ROLES.map((role) => <option key={role} value={role}>{text.roles[role]}</option>)}
    </Select>
  );
}

import type { User } from "../../api/types";
import { CopyButton } from "../../components/copy-button";
import { Missing } from "../../components/missing";
import { BandMark } from "../../components/score";
import { Bone } from "../../components/states";
import { TimeAgo } from "../../components/time";
import { bandOf } from "../../lib/band";
import { strings } from "../../strings";

import { Actions } from "./actions";
import { Standing } from "./standing";

const text = strings.user;

export function Header({ user }: { user: User }) {
  const name = user.email || user.full_name || user.user_id;
  return (
    <header className="userhead">
      <div className="userhead__who">
        <h1 className="breakable"><bdi>{name}</bdi></h1>
        <p className="userhead__facts muted">
          {name !== user.user_id && (
            <span><span className="mono breakable"><bdi>{user.user_id}</bdi></span> <CopyButton text={user.user_id} what={strings.event.userId} /></span>
          )}
          {user.full_name && name !== user.full_name && <span><bdi>{user.full_name}</bdi></span>}
          <span>{text.lastSeen} <TimeAgo iso={user.last_seen} /></span>
          <Standing userId={user.user_id} />
        </p>
        <Actions user={user} />
      </div>
      <Verdict user={user} />
    </header>
  );
}

function Verdict({ user }: { user: User }) {
  const band = bandOf(user.trust_score, user.band);
  return (
    <div className={`verdict card ${band ? `verdict--${band}` : ""}`}>
      <p className="verdict__score">
        <span className="visually-hidden">{text.trust} </span>
        <b>{user.trust_score ?? <Missing why={strings.missing.score} />}</b>
        {band && <span className="muted small">{text.ofMax}</span>}
      </p>
      <div>
        {band && <p className="verdict__band"><BandMark band={band} />{strings.bandTrust[band]}</p>}
        <p className="muted small">{text.verdict[band ?? "none"]}</p>
      </div>
    </div>
  );
}

/** The frame of the header: the id is known before anything else is. */
export function HeaderSkeleton({ userId, waiting }: { userId: string; waiting: boolean }) {
  return (
    <header className="userhead">
      <div className="userhead__who">
        <h1 className="breakable"><bdi>{userId}</bdi></h1>
        <p className="userhead__facts">{waiting && <Bone size="l" />}</p>
      </div>
      {waiting && <div className="verdict card"><Bone size="s" /><Bone size="m" /></div>}
    </header>
  );
}

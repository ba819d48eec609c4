import { Flag, UserX } from "lucide-react";
import type { ReactNode } from "react";
import { Avatar } from "../../components/avatar.tsx";
import { Button } from "../../components/button.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { JoiningLine } from "../../components/joining-line.tsx";
import "../../shared/text/en/invitation.ts";
import { text } from "../../shared/text/text.ts";
import type { WireJoinProgress } from "../../shared/wire/room-calls.ts";

export interface InvitationProps {
	readonly roomId: string;
	/** Absent: nobody knows who it was. */
	readonly name: string | undefined;
	readonly inviterId: string | undefined;
	readonly picture: string | undefined;
	readonly isDirect: boolean;
	readonly roomName: string;
	/** The inviter's. */
	readonly server: string | undefined;
	readonly ownServer: string;
	readonly isAccepting: boolean;
	readonly isRejecting: boolean;
	/** How far coming in has come. */
	readonly progress: WireJoinProgress | undefined;
	readonly hasReported: boolean;
	readonly error: string | undefined;
	readonly onAccept: () => void;
	readonly onReject: () => void;
	readonly onAsk: (what: "block" | "report") => void;
	readonly dialog: ReactNode;
}

/** Who invites, to what and from where; the answer, and what keeps such invitations away. */
export function InvitationView(props: InvitationProps) {
	const { roomId, name, inviterId, isDirect } = props;
	return (
		<div className="chat-fill">
			<section className="card note invitation" aria-labelledby="invitation-title">
				<Avatar id={inviterId ?? roomId} name={name ?? props.roomName} picture={props.picture} size={88} />
				<h2 id="invitation-title">
					{name === undefined
						? text("invite.titleUnknown")
						: text(isDirect ? "invite.titleDirect" : "invite.title", { name })}
				</h2>
				{!isDirect && <p className="invitation-room">{text("invite.to", { room: props.roomName })}</p>}
				<Facts {...props} />
				<p className="invitation-hint">{text("invite.text")}</p>
				<FormError message={props.error} />
				<JoiningLine progress={props.progress} />
				<div className="note-actions">
					<Button look="second" isBusy={props.isRejecting} onClick={props.onReject}>
						{text("invite.reject")}
					</Button>
					<Button isBusy={props.isAccepting} onClick={props.onAccept}>
						{text("invite.accept")}
					</Button>
				</div>
				{name !== undefined && inviterId !== undefined && <KeepAway {...props} name={name} />}
			</section>
			{props.dialog}
		</div>
	);
}

function Facts({ inviterId, server, ownServer }: InvitationProps) {
	if (inviterId === undefined) return null;
	return (
		<dl className="invitation-facts">
			<div>
				<dt>{text("invite.from")}</dt>
				<dd>{inviterId}</dd>
			</div>
			<div>
				<dt>{text("invite.server")}</dt>
				<dd>{server === ownServer ? text("invite.ownServer", { server: ownServer }) : server}</dd>
			</div>
		</dl>
	);
}

function KeepAway({ name, hasReported, onAsk }: InvitationProps & { readonly name: string }) {
	return (
		<div className="invitation-away">
			<Button look="quiet" size="small" aria-label={text("invite.blockLabel", { name })} onClick={() => onAsk("block")}>
				<Icon of={UserX} size={16} />
				{text("invite.block")}
			</Button>
			<Button
				look="quiet"
				size="small"
				aria-label={text("invite.reportLabel", { name })}
				onClick={() => onAsk("report")}
			>
				<Icon of={Flag} size={16} />
				{text("invite.report")}
			</Button>
			<p role="status">{hasReported && text("invite.reported")}</p>
		</div>
	);
}

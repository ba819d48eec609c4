import { Unlink } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Avatar } from "../../components/avatar.tsx";
import { BrandMark } from "../../components/brand-mark.tsx";
import { Button } from "../../components/button.tsx";
import { DrawnPicture } from "../../components/drawn-picture.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { FailedState } from "../../components/failed-state.tsx";
import { FormError } from "../../components/form-error.tsx";
import "../../shared/text/en/join.ts";
import "../../shared/text/en/account.ts";
import "../../shared/text/en/conversation.ts";
import { text } from "../../shared/text/text.ts";
import type { WireInvitePreview } from "../../shared/wire/invite-calls.ts";

export interface JoinProps {
	readonly state:
		| { readonly kind: "loading" }
		| { readonly kind: "none" }
		| { readonly kind: "refused"; readonly code: string; readonly error: string }
		| {
				readonly kind: "open";
				readonly preview: WireInvitePreview;
				/** The room's picture, for a stranger: nobody else's browser may ask for it. */
				readonly picture: ImageBitmap | undefined;
				readonly signUpHref: string;
		  };
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly signInHref: string;
	readonly onJoin: () => void;
	readonly onRetry: () => void;
}

/** The page behind an invite link: where it leads, who invites, and the way in. */
export function JoinView(props: JoinProps) {
	return (
		<div className="board">
			<header className="board-head">
				<Link className="brand" href="/">
					<BrandMark />
					{text("app.name")}
				</Link>
			</header>
			<main className="board-main">
				<section className="step join">
					<Content {...props} />
				</section>
			</main>
		</div>
	);
}

function Content(props: JoinProps) {
	const { state } = props;
	switch (state.kind) {
		case "loading":
			return <div className="step-wait" role="status" aria-label={text("common.loading")} />;
		case "none":
			return <Nothing title={text("join.noneTitle")} words={text("join.noneText")} />;
		case "refused":
			return state.code === "invite-link-invalid" || state.code === "bad-input" ? (
				<Nothing title={text("join.deadTitle")} words={text("join.deadText")} />
			) : (
				<FailedState level={1} title={text("join.failedTitle")} text={state.error} onRetry={props.onRetry} />
			);
		case "open":
			return <Invitation {...props} {...state} />;
	}
}

function Nothing({ title, words }: { readonly title: string; readonly words: string }) {
	return (
		<EmptyState
			level={1}
			icon={Unlink}
			title={title}
			text={words}
			action={
				<Link className="button button-second" href="/chat">
					{text("nav.toChats")}
				</Link>
			}
		/>
	);
}

type InvitationProps = JoinProps & Extract<JoinProps["state"], { kind: "open" }>;

function Invitation(props: InvitationProps) {
	const { preview, picture, error } = props;
	const name = preview.name ?? text("join.unnamed");
	return (
		<>
			<Avatar id={name} name={name} picture={preview.standing === "stranger" ? undefined : preview.avatarUrl} size={88}>
				{picture !== undefined && <DrawnPicture picture={picture} />}
			</Avatar>
			<p className="join-by">{text("join.by", { name: preview.inviter.displayName })}</p>
			<h1>{name}</h1>
			<p className="join-count">{text("room.people", { count: preview.joinedCount })}</p>
			{preview.topic !== undefined && preview.topic !== "" && <p className="lead">{preview.topic}</p>}
			<FormError message={error} />
			<Ways {...props} />
		</>
	);
}

function Ways({ preview, isBusy, signInHref, signUpHref, onJoin }: InvitationProps): ReactNode {
	switch (preview.standing) {
		case "ban":
			return <p role="status">{text("join.banned")}</p>;
		case "stranger":
			return (
				<>
					<Link className="button button-primary button-large button-wide" href={signUpHref}>
						{text("signIn.toSignUp")}
					</Link>
					<Link className="button button-second button-large button-wide" href={signInHref}>
						{text("join.signIn")}
					</Link>
					<p className="step-foot">{text("join.comesBack")}</p>
				</>
			);
		case "none":
		case "join":
			return (
				<Button size="large" isWide isBusy={isBusy} onClick={onJoin}>
					{text(preview.standing === "join" ? "join.open" : "join.accept")}
				</Button>
			);
	}
}

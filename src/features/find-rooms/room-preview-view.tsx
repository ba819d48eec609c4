import { DoorClosed, Globe, Unlink, WifiOff } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Avatar } from "../../components/avatar.tsx";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { JoiningLine } from "../../components/joining-line.tsx";
import { Pane } from "../../components/pane.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import "../../shared/text/en/join.ts";
import { text } from "../../shared/text/text.ts";
import type { WireRoomPreview } from "../../shared/wire/directory-calls.ts";
import type { WireJoinProgress } from "../../shared/wire/room-calls.ts";
import type { ServerFailure } from "./server-failure.ts";

export interface RoomPreviewProps {
	readonly state: "loading" | "ready" | "missing" | "failed";
	readonly failure: ServerFailure | undefined;
	readonly room: WireRoomPreview | undefined;
	/** Where it is for whoever is in it, invited, or asked already. */
	readonly chatHref: string | undefined;
	/** What it was asked for by. */
	readonly address: string;
	/** The list that it was found in. */
	readonly backHref: string;
	/** The other server that is asked; absent: it is here. */
	readonly server: string | undefined;
	readonly isBusy: boolean;
	/** How far coming in has come. */
	readonly progress: WireJoinProgress | undefined;
	readonly error: string | undefined;
	readonly onJoin: () => void;
	readonly onAsk: () => void;
	readonly onRetry: () => void;
	/** What is in it, for a room that gathers others. */
	readonly rooms: ReactNode;
	/** What is asked before somebody asks to join. */
	readonly dialog: ReactNode;
}

/** A room before one joins it, on this server or another one. */
export function RoomPreviewView(props: RoomPreviewProps) {
	const { state, room, server, dialog } = props;
	const title = room === undefined ? text("rooms.title") : nameOf(room, props.address);
	return (
		<Pane title={title} back={{ href: props.backHref, label: text("rooms.toDirectory"), isAlways: true }}>
			{state === "loading" && (
				<>
					{server !== undefined && (
						<p className="preview-server" role="status">
							{text("rooms.asking", { server })}
						</p>
					)}
					<SkeletonRows count={2} label={text("common.loading")} />
				</>
			)}
			{state === "missing" && <Missing />}
			{state === "failed" && (
				<EmptyState
					role="alert"
					icon={WifiOff}
					title={props.failure?.title ?? ""}
					text={props.failure?.text ?? ""}
					action={<Button onClick={props.onRetry}>{text("common.retry")}</Button>}
				/>
			)}
			{state === "ready" && room !== undefined && <Room {...props} room={room} />}
			{state === "ready" && props.rooms}
			{dialog}
		</Pane>
	);
}

function nameOf(room: WireRoomPreview, address: string): string {
	return room.name ?? room.alias ?? address;
}

function Missing() {
	return (
		<EmptyState
			role="status"
			icon={Unlink}
			title={text("rooms.missingTitle")}
			text={text("rooms.missingText")}
			action={
				<Link className="button button-second" href="/rooms">
					{text("rooms.toDirectory")}
				</Link>
			}
		/>
	);
}

interface RoomProps extends RoomPreviewProps {
	readonly room: WireRoomPreview;
}

function Room(props: RoomProps) {
	const { room, address, server, error } = props;
	const name = nameOf(room, address);
	const count = room.joinedCount;
	const facts = [room.isSpace && text("rooms.space"), count !== undefined && text("room.people", { count })]
		.filter(Boolean)
		.join(" · ");
	const isUntold = room.name === undefined && room.joinedCount === undefined;
	return (
		<div className="profile">
			<Avatar id={room.roomId} name={name} picture={room.avatarUrl} size={88} isSpace={room.isSpace} />
			<h2>{name}</h2>
			{facts !== "" && <p>{facts}</p>}
			{room.alias !== undefined && room.alias !== name && <p>{room.alias}</p>}
			{server !== undefined && (
				<p className="tag">
					<Icon of={Globe} size={14} />
					{text("rooms.elsewhere", { server })}
				</p>
			)}
			{room.topic !== undefined && <p className="profile-words">{room.topic}</p>}
			{isUntold && <p className="profile-words">{text("rooms.untold")}</p>}
			<FormError message={error} />
			<WayIn {...props} name={name} />
			{server !== undefined && <JoiningLine progress={props.progress} />}
		</div>
	);
}

function WayIn({ room, chatHref, name, isBusy, onJoin, onAsk }: RoomProps & { readonly name: string }) {
	if (chatHref !== undefined) {
		return (
			<Link
				className="button button-primary button-large button-wide"
				href={chatHref}
				aria-label={`${text("rooms.open")} ${name}`}
			>
				{text("rooms.open")}
			</Link>
		);
	}
	if (room.joinRule === "invite" || room.joinRule === "private") {
		return (
			<p className="tag">
				<Icon of={DoorClosed} size={14} />
				{text("rooms.byInvitation")}
			</p>
		);
	}
	const asks = room.joinRule === "knock" || room.joinRule === "knock_restricted";
	const words = text(asks ? "rooms.ask" : "rooms.join");
	return (
		<Button size="large" isWide aria-label={`${words} ${name}`} isBusy={isBusy} onClick={asks ? onAsk : onJoin}>
			{words}
		</Button>
	);
}

import Link from "next/link";
import type { ReactNode } from "react";
import "../shared/text/en/join.ts";
import { text } from "../shared/text/text.ts";
import { Button } from "./button.tsx";
import { PictureLine } from "./picture-line.tsx";

/** A room as it shows itself to who may not be in it. */
export interface RoomLineProps {
	readonly roomId: string;
	readonly name?: string | undefined;
	readonly topic?: string | undefined;
	readonly alias?: string | undefined;
	readonly avatarUrl?: string | undefined;
	/** Absent: nobody told. */
	readonly joinedCount?: number | undefined;
	/** Whoever wants in asks for it, on the room's page. */
	readonly asks: boolean;
	/** Only who is invited comes in. */
	readonly isClosed: boolean;
	/** Whoever looks after the list recommends it. */
	readonly isSuggested?: boolean;
	/** A room that gathers others. */
	readonly isSpace: boolean;
	/** The page of the room alone; absent where it has none. */
	readonly previewHref: string | undefined;
	/** Present for whoever is in it. */
	readonly chatHref: string | undefined;
	readonly isJoining: boolean;
	readonly onJoin: () => void;
	/** What else can be done with it. */
	readonly menu?: ReactNode;
}

function nameOf(room: RoomLineProps): string {
	return room.name ?? room.alias ?? text("join.unnamed");
}

/** A room in a list of rooms. */
export function RoomLine(room: RoomLineProps) {
	const name = nameOf(room);
	const count = room.joinedCount;
	const facts = [
		room.isSuggested === true && text("rooms.suggested"),
		room.isSpace && text("rooms.space"),
		count !== undefined && text("room.people", { count }),
		room.topic,
	];
	return (
		<PictureLine
			id={room.roomId}
			name={name}
			picture={room.avatarUrl}
			isSpace={room.isSpace}
			title={<Name name={name} href={room.chatHref ?? room.previewHref} />}
			detail={facts.filter(Boolean).join(" · ")}
		>
			<WayIn room={room} />
			{room.menu}
		</PictureLine>
	);
}

function Name({ name, href }: { readonly name: string; readonly href: string | undefined }) {
	if (href === undefined) return <span className="line-link">{name}</span>;
	return (
		<Link className="line-link" href={href}>
			{name}
		</Link>
	);
}

/** A room of another server, of which nothing is known but its address: its server is asked when one looks at it. */
export interface RoomElsewhere {
	readonly alias: string;
	readonly server: string;
	readonly href: string;
}

export function RoomElsewhereLine({ alias, server, href }: RoomElsewhere) {
	return (
		<PictureLine
			id={alias}
			name={alias}
			title={
				<Link className="line-link" href={href}>
					{alias}
				</Link>
			}
			detail={text("rooms.elsewhere", { server })}
		>
			<Link className="button button-second button-small" href={href} aria-label={`${text("rooms.look")} ${alias}`}>
				{text("rooms.look")}
			</Link>
		</PictureLine>
	);
}

/** Joins, or opens the chat for whoever is in it. */
function WayIn({ room }: { readonly room: RoomLineProps }) {
	const name = nameOf(room);
	if (room.chatHref !== undefined) {
		return (
			<Link
				className="button button-second button-small"
				href={room.chatHref}
				aria-label={`${text("rooms.open")} ${name}`}
			>
				{text("rooms.open")}
			</Link>
		);
	}
	if (room.isClosed) return null;
	if ((room.asks || room.isSpace) && room.previewHref !== undefined) {
		const words = text(room.isSpace ? "rooms.look" : "rooms.ask");
		return (
			<Link className="button button-second button-small" href={room.previewHref} aria-label={`${words} ${name}`}>
				{words}
			</Link>
		);
	}
	return (
		<Button
			size="small"
			look="second"
			aria-label={`${text("rooms.join")} ${name}`}
			isBusy={room.isJoining}
			onClick={room.onJoin}
		>
			{text("rooms.join")}
		</Button>
	);
}

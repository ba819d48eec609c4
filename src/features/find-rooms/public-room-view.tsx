import Link from "next/link";
import { Button } from "../../components/button.tsx";
import { PictureLine } from "../../components/picture-line.tsx";
import { text } from "../../shared/text/text.ts";

/** A public room as it shows itself. */
export interface PublicRoomSnapshot {
	readonly roomId: string;
	readonly name?: string | undefined;
	readonly topic?: string | undefined;
	readonly alias?: string | undefined;
	readonly avatarUrl?: string | undefined;
	/** Absent: nobody told. */
	readonly joinedCount?: number | undefined;
	/** Whoever wants in asks for it, on the room's page. */
	readonly asks: boolean;
	/** A room that gathers others. */
	readonly isSpace: boolean;
	/** The page of the room alone; absent where it has no address. */
	readonly previewHref: string | undefined;
	/** Present for whoever is in it. */
	readonly chatHref: string | undefined;
	readonly isJoining: boolean;
	readonly onJoin: () => void;
}

function nameOf(room: PublicRoomSnapshot): string {
	return room.name ?? room.alias ?? text("join.unnamed");
}

/** A room in the list of public rooms. */
export function PublicRoomLine(room: PublicRoomSnapshot) {
	const name = nameOf(room);
	const count = room.joinedCount;
	const facts = [
		room.isSpace && text("rooms.space"),
		count !== undefined && text("room.people", { count }),
		room.topic,
	];
	return (
		<PictureLine
			id={room.roomId}
			name={name}
			picture={room.avatarUrl}
			title={
				room.previewHref !== undefined && (
					<Link className="line-link" href={room.previewHref}>
						{name}
					</Link>
				)
			}
			detail={facts.filter(Boolean).join(" · ")}
		>
			<WayIn room={room} />
		</PictureLine>
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
function WayIn({ room }: { readonly room: PublicRoomSnapshot }) {
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
	if (room.asks && room.previewHref !== undefined) {
		return (
			<Link
				className="button button-second button-small"
				href={room.previewHref}
				aria-label={`${text("rooms.ask")} ${name}`}
			>
				{text("rooms.ask")}
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

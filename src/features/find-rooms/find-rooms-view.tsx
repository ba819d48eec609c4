import { CloudAlert, DoorOpen, SearchX, WifiOff } from "lucide-react";
import Link from "next/link";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { FormError } from "../../components/form-error.tsx";
import { JoiningLine } from "../../components/joining-line.tsx";
import { Pane } from "../../components/pane.tsx";
import { type RoomElsewhere, RoomElsewhereLine, RoomLine, type RoomLineProps } from "../../components/room-line.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import "../../shared/text/en/join.ts";
import { text } from "../../shared/text/text.ts";
import type { WireJoinProgress } from "../../shared/wire/room-calls.ts";
import { type ServerChoiceProps, ServerChoiceView } from "./server-choice-view.tsx";
import type { ServerFailure } from "./server-failure.ts";

export interface FindRoomsProps {
	readonly query: string;
	/** What is typed is the address of a room on another server. */
	readonly elsewhere: RoomElsewhere | undefined;
	readonly choice: ServerChoiceProps;
	/** Whose rooms these are; absent: this server's. */
	readonly server: string | undefined;
	readonly state: "loading" | "ready" | "failed";
	readonly failure: ServerFailure | undefined;
	readonly rooms: readonly RoomLineProps[];
	readonly hasMore: boolean;
	readonly isLoadingMore: boolean;
	/** How far joining a room of another server has come. */
	readonly progress: WireJoinProgress | undefined;
	readonly error: string | undefined;
	readonly onQuery: (query: string) => void;
	readonly onMore: () => void;
	readonly onRetry: () => void;
}

/** The public rooms of a server. */
export function FindRoomsView(props: FindRoomsProps) {
	return (
		<Pane title={text("rooms.title")} back={{ href: "/new", isAlways: true }}>
			<SearchField label={text("rooms.search")} value={props.query} onText={props.onQuery} />
			{props.elsewhere === undefined && <ServerChoiceView {...props.choice} />}
			<FormError message={props.error} />
			{props.server !== undefined && <JoiningLine progress={props.progress} />}
			<Rooms {...props} />
		</Pane>
	);
}

function Rooms(props: FindRoomsProps) {
	if (props.elsewhere !== undefined) {
		return (
			<ul className="picker-list" aria-label={text("rooms.list")}>
				<li>
					<RoomElsewhereLine {...props.elsewhere} />
				</li>
			</ul>
		);
	}
	const { state, server, failure } = props;
	if (state === "loading") return <Loading server={server} />;
	if (state === "failed") {
		return (
			<EmptyState
				role="alert"
				icon={server === undefined ? CloudAlert : WifiOff}
				title={failure?.title ?? ""}
				text={failure?.text ?? ""}
				action={
					<Button look="second" onClick={props.onRetry}>
						{text("common.retry")}
					</Button>
				}
			/>
		);
	}
	if (props.rooms.length === 0 && !props.hasMore) return <NoRooms words={props.query.trim()} server={server} />;
	return (
		<>
			<ul className="picker-list" aria-label={text("rooms.list")}>
				{props.rooms.map((room) => (
					<li key={room.roomId}>
						<RoomLine {...room} />
					</li>
				))}
			</ul>
			{props.hasMore && (
				<Button className="list-older" look="quiet" isBusy={props.isLoadingMore} onClick={props.onMore}>
					{text("rooms.more")}
				</Button>
			)}
		</>
	);
}

function Loading({ server }: { readonly server: string | undefined }) {
	return (
		<>
			{server !== undefined && (
				<p className="preview-server" role="status">
					{text("rooms.askingFor", { server })}
				</p>
			)}
			<SkeletonRows count={4} label={text("common.loading")} />
		</>
	);
}

function NoRooms({ words, server }: { readonly words: string; readonly server: string | undefined }) {
	if (words !== "") {
		const said =
			server === undefined ? text("rooms.noneText", { text: words }) : text("rooms.noneThere", { server, text: words });
		return <EmptyState role="status" icon={SearchX} title={text("rooms.noneTitle")} text={said} />;
	}
	if (server !== undefined) {
		return (
			<EmptyState
				role="status"
				icon={DoorOpen}
				title={text("rooms.emptyThereTitle", { server })}
				text={text("rooms.emptyThereText")}
			/>
		);
	}
	return (
		<EmptyState
			icon={DoorOpen}
			title={text("rooms.emptyTitle")}
			text={text("rooms.emptyText")}
			action={
				<Link className="button button-primary" href="/new-group">
					{text("newChat.group")}
				</Link>
			}
		/>
	);
}

import { CloudAlert, MessageCirclePlus, SearchX, SquarePen } from "lucide-react";
import Link from "next/link";
import { type KeyboardEvent, type ReactNode, useDeferredValue } from "react";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Icon } from "../../components/icon.tsx";
import { SearchField } from "../../components/search-field.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import "../../shared/text/en/message.ts";
import { text } from "../../shared/text/text.ts";
import { moveAmongRows, toFirstRow } from "./move-among-rows.ts";
import { type RoomRowSnapshot, RoomRowView } from "./room-row-view.tsx";

export type RoomFilter = "all" | "unread" | "direct" | "groups";

/** The rows that the filter and the search leave. What a row shows is made when it is drawn. */
export interface RoomRows {
	readonly count: number;
	/** The chat that is open, where it is among them. */
	readonly currentRoomId: string | undefined;
	first(count: number): readonly RoomRowSnapshot[];
}

export interface RoomListProps {
	readonly state: "loading" | "ready" | "failed";
	readonly rows: RoomRows;
	readonly hasAnyRoom: boolean;
	readonly hasOlder: boolean;
	readonly isLoadingOlder: boolean;
	/** How many chats of each kind are unread; 0 where no number is to stand. */
	readonly unreadChats: Readonly<Record<RoomFilter, number>>;
	readonly filter: RoomFilter;
	readonly query: string;
	readonly onFilter: (filter: RoomFilter) => void;
	readonly onQuery: (query: string) => void;
	readonly onOlder: () => void;
	readonly tabs: ReactNode;
}

/** A row in a compact list. */
const leastRowPx = 56;
const filters = ["all", "unread", "direct", "groups"] as const;

export function RoomListView(props: RoomListProps) {
	return (
		<nav className="list" aria-label={text("nav.chats")}>
			<div className="list-head">
				<h1>{text("nav.chats")}</h1>
				<Link
					className="icon-button"
					href="/new"
					prefetch={false}
					aria-label={text("list.new")}
					title={text("list.new")}
				>
					<Icon of={SquarePen} />
				</Link>
			</div>
			<SearchField
				label={text("list.search")}
				value={props.query}
				onText={props.onQuery}
				keys={["Ctrl", "K"]}
				onKeyDown={(event) => onSearchKey(event, props)}
			/>
			<fieldset className="filters" aria-label={text("list.show")}>
				{filters.map((filter) => (
					<button
						key={filter}
						type="button"
						className="filter"
						aria-pressed={filter === props.filter}
						onClick={() => props.onFilter(filter)}
					>
						{text(`list.${filter}`)}
						<FilterCount filter={filter} count={props.unreadChats[filter]} />
					</button>
				))}
			</fieldset>
			{/* biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys only move the focus between the links in it. */}
			<div className="rows" onKeyDown={(event) => moveAmongRows(event)}>
				<Rows {...props} />
			</div>
			{props.tabs}
		</nav>
	);
}

/** The static shell is made where there is no screen. */
function screenHeight(): number {
	return typeof innerHeight === "undefined" ? 0 : innerHeight;
}

function FilterCount({ filter, count }: { readonly filter: RoomFilter; readonly count: number }) {
	if (count === 0) return null;
	return (
		<>
			<span aria-hidden="true">{count}</span>
			<span className="visually-hidden">
				{text(filter === "unread" ? "list.filterCount" : "list.filterUnread", { count })}
			</span>
		</>
	);
}

function Rows(props: RoomListProps) {
	// What fills a screen is painted first, the rest when the page has time for it.
	const firstPainted = Math.ceil(screenHeight() / leastRowPx);
	const painted = useDeferredValue(props.rows.count, firstPainted);
	if (props.state === "loading") return <SkeletonRows count={7} label={text("common.loading")} />;
	if (props.state === "failed" && !props.hasAnyRoom) {
		return (
			<EmptyState role="status" icon={CloudAlert} title={text("list.failedTitle")} text={text("list.failedText")} />
		);
	}
	if (!props.hasAnyRoom) {
		return (
			<EmptyState
				icon={MessageCirclePlus}
				title={text("list.emptyTitle")}
				text={text("list.emptyText")}
				action={
					<Link className="button button-primary" href="/new">
						{text("list.emptyAction")}
					</Link>
				}
			/>
		);
	}
	const stop = props.rows.currentRoomId;
	return (
		<>
			{props.rows.count === 0 && (
				<EmptyState role="status" icon={SearchX} title={text("list.noMatchTitle")} text={text("list.noMatchText")} />
			)}
			<ul aria-label={text("nav.chats")}>
				{props.rows.first(Math.max(firstPainted, painted)).map((row, index) => (
					<li key={row.roomId}>
						<RoomRowView {...row} isTabStop={row.roomId === stop || (stop === undefined && index === 0)} />
					</li>
				))}
			</ul>
			{props.hasOlder && (
				<Button className="list-older" look="quiet" isBusy={props.isLoadingOlder} onClick={props.onOlder}>
					{text("list.older")}
				</Button>
			)}
		</>
	);
}

/** From the search the list is an arrow away, and Escape empties it. */
function onSearchKey(event: KeyboardEvent<HTMLInputElement>, { query, onQuery }: RoomListProps): void {
	if (event.key === "ArrowDown") toFirstRow(event.currentTarget.closest(".list"));
	else if (event.key === "Escape" && query !== "") onQuery("");
	else return;
	event.preventDefault();
}

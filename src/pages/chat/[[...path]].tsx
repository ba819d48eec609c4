import { useRouter } from "next/router";
import { readAhead } from "../../client/storage/open-cache.ts";
import { trpc } from "../../client/trpc/trpc.ts";
import { Later, laterPart } from "../../components/later.tsx";
import { PageTitle } from "../../components/page-title.tsx";
import { SkeletonMessages } from "../../components/skeleton-messages.tsx";
import type { ConversationSlots } from "../../features/conversation/conversation-part.tsx";
import { NoConversationView, OpeningView } from "../../features/conversation/opening-view.tsx";
import { RoomListView } from "../../features/room-list/room-list-view.tsx";
import { useRoomList } from "../../features/room-list/room-list-view-model.ts";
import { AppFrameView, TabsView } from "../../features/shell/app-frame-view.tsx";
import { useShell } from "../../features/shell/shell-view-model.ts";
import type { TimelinePartProps as TimelineProps } from "../../features/timeline/timeline-part.tsx";
import { text } from "../../shared/text/text.ts";

readAhead();

const conversationPart = laterPart(
	async () => (await import("../../features/conversation/conversation-part.tsx")).ConversationPart,
);

const timelinePart = laterPart(async () => (await import("../../features/timeline/timeline-part.tsx")).TimelinePart);

const aboveComposerPart = laterPart(
	async () => (await import("../../features/assistant/above-composer-part.tsx")).AboveComposerPart,
);

const writingMenuPart = laterPart(
	async () => (await import("../../features/assistant/writing-menu-part.tsx")).WritingMenuPart,
);

const translationPart = laterPart(
	async () => (await import("../../features/assistant/translation-part.tsx")).TranslationPart,
);

const composerPart = laterPart(async () => (await import("../../features/composer/composer-part.tsx")).ComposerPart);

if (typeof location !== "undefined" && location.pathname.startsWith("/chat/")) {
	// The address names a chat: what draws it is fetched while this page begins.
	for (const part of [conversationPart, timelinePart, composerPart]) part.fetch().catch(() => undefined);
}

const roomMarkerPart = laterPart(
	async () => (await import("../../features/assistant/room-marker-part.tsx")).RoomMarkerPart,
);

const spacePart = laterPart(async () => (await import("../../features/space/space-part.tsx")).SpacePart);

const outsidePart = laterPart(async () => (await import("../../features/invitation/outside-part.tsx")).OutsidePart);

const Translation: TimelineProps["Translation"] = (props) => <Later part={translationPart} props={props} isPatient />;

const slots: ConversationSlots = {
	Timeline: (props) => <Later part={timelinePart} props={{ ...props, Translation }} meanwhile={<SkeletonMessages />} />,
	Composer: (props) => (
		<>
			<Later part={aboveComposerPart} props={{ roomId: props.roomId }} isPatient />
			<Later
				part={composerPart}
				props={{ ...props, tools: <Later part={writingMenuPart} props={{ roomId: props.roomId }} isPatient /> }}
			/>
		</>
	),
	Marker: (props) => <Later part={roomMarkerPart} props={props} isPatient />,
	Space: (props) => <Later part={spacePart} props={props} />,
	Outside: (props) => <Later part={outsidePart} props={props} />,
};

const roomInfoPart = laterPart(async () => (await import("../../features/room-info/room-info-part.tsx")).RoomInfoPart);

const catchUpPart = laterPart(async () => (await import("../../features/assistant/catch-up-part.tsx")).CatchUpPart);

/**
 * `/chat`, `/chat/[roomId]`, `/chat/[roomId]/[eventId]`, `/chat/[roomId]/info` and `/chat/[roomId]/catch-up`, which may name
 * a message too, are one page, so that the list stays as it is between them.
 */
function ChatPage() {
	const { roomId, eventId, pane } = usePlace();
	const shell = useShell();
	const list = useRoomList(roomId);
	return (
		<AppFrameView
			{...shell}
			section="chats"
			// Where one pane fits, whoever follows a summary to a message sees that.
			pane={roomId === undefined ? "list" : pane !== undefined && eventId === undefined ? "info" : "chat"}
			hasInfo={pane !== undefined}
		>
			<PageTitle page={text("nav.chats")} unreadChats={shell.unreadChats} />
			<RoomListView {...list} tabs={<TabsView section="chats" unreadChats={shell.unreadChats} />} />
			{roomId === undefined ? (
				<NoConversationView />
			) : (
				<Later
					part={conversationPart}
					props={{ roomId, eventId, pane, unreadChats: shell.unreadChats, slots }}
					meanwhile={<OpeningView />}
					key={roomId}
				/>
			)}
			{roomId !== undefined && pane === "info" && (
				<Later part={roomInfoPart} props={{ roomId }} key={`info ${roomId}`} />
			)}
			{roomId !== undefined && pane === "catch-up" && (
				<Later part={catchUpPart} props={{ roomId, eventId }} key={`catch-up ${roomId}`} />
			)}
		</AppFrameView>
	);
}

interface Place {
	readonly roomId: string | undefined;
	/** The message that the address names. */
	readonly eventId: string | undefined;
	/** What it wants to see beside the conversation. */
	readonly pane: "info" | "catch-up" | undefined;
}

function usePlace(): Place {
	const { path } = useRouter().query;
	const [roomId, part, eventId] = Array.isArray(path) ? path : [];
	if (part === "info") return { roomId, eventId: undefined, pane: part };
	return part === "catch-up" ? { roomId, eventId, pane: part } : { roomId, eventId: part, pane: undefined };
}

export default trpc.withTRPC(ChatPage);

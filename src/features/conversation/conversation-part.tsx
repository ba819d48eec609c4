import { type ComponentType, type ReactNode, useMemo } from "react";
import { picturesOf } from "../../client/store/known-pictures.ts";
import { KnownPictures } from "../../components/known-pictures.tsx";
import { Later, laterPart } from "../../components/later.tsx";
import { PageTitle } from "../../components/page-title.tsx";
import { text } from "../../shared/text/text.ts";
import type { WireRoomSummary } from "../../shared/wire/room.ts";
import { ConversationView } from "./conversation-view.tsx";
import { useConversation } from "./conversation-view-model.ts";
import { HeadStatusView } from "./head-status-view.tsx";
import { useHeadStatus } from "./head-status-view-model.ts";

type Place = Parameters<typeof useConversation>[1];
type Conversation = ReturnType<typeof useConversation>;

/** What the page puts into the pane: features do not know each other. */
export interface ConversationSlots {
	readonly Timeline: ComponentType<{
		readonly roomId: string;
		readonly eventId: string | undefined;
		readonly details: Conversation["details"];
		readonly members: Conversation["members"];
	}>;
	readonly Composer: ComponentType<{ readonly roomId: string; readonly members: Conversation["members"] }>;
	/** What everybody has to know about the room, under its head. */
	readonly Marker: ComponentType<{ readonly roomId: string }>;
	readonly Space: ComponentType<{ readonly roomId: string }>;
	readonly Outside: ComponentType<{ readonly summary: WireRoomSummary }>;
}

export interface ConversationPartProps {
	readonly roomId: string;
	/** The message that the address names. */
	readonly eventId: string | undefined;
	readonly pane: Place["pane"];
	readonly unreadChats: number;
	readonly slots: ConversationSlots;
}

const upgradedPart = laterPart(async () => (await import("./upgraded-part.tsx")).UpgradedPart);

const identityNoticePart = laterPart(async () => (await import("./identity-notice-part.tsx")).IdentityNoticePart);

/** A room that is open: its head, its messages and where one writes. */
export function ConversationPart({ roomId, eventId, pane, unreadChats, slots }: ConversationPartProps) {
	const { summary, ...conversation } = useConversation(roomId, { eventId, pane });
	const { head, details, members, isArriving } = conversation;
	const pictures = useMemo(() => picturesOf(members), [members]);
	return (
		<KnownPictures pictures={pictures} botId={conversation.botId}>
			<PageTitle page={head?.name ?? text("nav.chats")} unreadChats={unreadChats} />
			<ConversationView
				{...conversation}
				status={<StatusPart summary={summary} members={members} isArriving={isArriving} />}
				marker={<slots.Marker roomId={roomId} />}
				timeline={<slots.Timeline roomId={roomId} eventId={eventId} details={details} members={members} />}
				upgraded={upgradedIn(roomId, summary)}
				space={summary?.kind === "space" && <slots.Space roomId={roomId} />}
				outside={summary && <slots.Outside summary={summary} />}
				composer={
					<>
						{summary?.encryption !== undefined && members !== undefined && (
							<Later part={identityNoticePart} props={{ roomId, members }} />
						)}
						<slots.Composer roomId={roomId} members={members} />
					</>
				}
			/>
		</KnownPictures>
	);
}

function upgradedIn(roomId: string, summary: WireRoomSummary | undefined): ReactNode {
	const newRoomId = summary?.replacementRoomId;
	return newRoomId !== undefined && <Later part={upgradedPart} props={{ roomId, newRoomId }} />;
}

interface StatusPartProps {
	readonly summary: Parameters<typeof useHeadStatus>[0];
	readonly members: Parameters<typeof useHeadStatus>[1];
	readonly isArriving: boolean;
}

/** On its own, so that nothing else is drawn again when somebody comes, goes or writes. */
function StatusPart({ summary, members, isArriving }: StatusPartProps) {
	return <HeadStatusView {...useHeadStatus(summary, members, isArriving)} />;
}

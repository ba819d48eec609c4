import { trpc } from "../client/trpc/trpc.ts";
import { PageTitle } from "../components/page-title.tsx";
import { AllChatsPart } from "../features/assistant/all-chats-part.tsx";
import { RoomListView } from "../features/room-list/room-list-view.tsx";
import { useRoomList } from "../features/room-list/room-list-view-model.ts";
import { AppFrameView, TabsView } from "../features/shell/app-frame-view.tsx";
import { useShell } from "../features/shell/shell-view-model.ts";
import "../shared/text/en/assistant-all.ts";
import { text } from "../shared/text/text.ts";

function AskPage() {
	const shell = useShell();
	const list = useRoomList(undefined);
	const tabs = <TabsView section="chats" unreadChats={shell.unreadChats} />;
	return (
		<AppFrameView {...shell} pane="chat" section="chats">
			<PageTitle page={text("all.title")} unreadChats={shell.unreadChats} />
			<RoomListView {...list} tabs={tabs} />
			<AllChatsPart tabs={tabs} />
		</AppFrameView>
	);
}

export default trpc.withTRPC(AskPage);

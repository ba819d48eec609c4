import { trpc } from "../client/trpc/trpc.ts";
import { PageTitle } from "../components/page-title.tsx";
import { NewChatView } from "../features/new-chat/new-chat-view.tsx";
import { useNewChat } from "../features/new-chat/new-chat-view-model.ts";
import { RoomListView } from "../features/room-list/room-list-view.tsx";
import { useRoomList } from "../features/room-list/room-list-view-model.ts";
import { AppFrameView, TabsView } from "../features/shell/app-frame-view.tsx";
import { useShell } from "../features/shell/shell-view-model.ts";
import { text } from "../shared/text/text.ts";

function NewChatPage() {
	const shell = useShell();
	const list = useRoomList(undefined);
	const model = useNewChat();
	const tabs = <TabsView section="people" unreadChats={shell.unreadChats} />;
	return (
		<AppFrameView {...shell} pane="chat" section="people">
			<PageTitle page={text("newChat.title")} unreadChats={shell.unreadChats} />
			<RoomListView {...list} tabs={tabs} />
			<NewChatView {...model} tabs={tabs} />
		</AppFrameView>
	);
}

export default trpc.withTRPC(NewChatPage);

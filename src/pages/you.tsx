import Head from "next/head";
import { trpc } from "../client/trpc/trpc.ts";
import { RoomListView } from "../features/room-list/room-list-view.tsx";
import { useRoomList } from "../features/room-list/room-list-view-model.ts";
import { AppFrameView, TabsView } from "../features/shell/app-frame-view.tsx";
import { useShell } from "../features/shell/shell-view-model.ts";
import { YouView } from "../features/you/you-view.tsx";
import { useYou } from "../features/you/you-view-model.ts";
import { pageTitle } from "../shared/text/page-title.ts";
import { text } from "../shared/text/text.ts";

function YouPage() {
	const shell = useShell();
	const list = useRoomList(undefined);
	const model = useYou();
	const tabs = <TabsView section="you" unreadChats={shell.unreadChats} />;
	return (
		<AppFrameView {...shell} pane="chat" section="you">
			<Head>
				<title>{pageTitle(text("you.title"), shell.unreadChats)}</title>
			</Head>
			<RoomListView {...list} tabs={tabs} />
			<YouView {...model} tabs={tabs} />
		</AppFrameView>
	);
}

export default trpc.withTRPC(YouPage);

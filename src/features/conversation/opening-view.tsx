import { MessagesSquare } from "lucide-react";
import { SkeletonMessages } from "../../components/skeleton-messages.tsx";
import "../../shared/text/en/conversation.ts";
import { text } from "../../shared/text/text.ts";
import { Note } from "./conversation-note-view.tsx";

/** What the conversation pane shows while no chat is chosen. */
export function NoConversationView() {
	return (
		<main className="chat">
			<Note icon={MessagesSquare} title={text("chat.none")} text={text("chat.noneText")} />
		</main>
	);
}

/** What it shows while the part that draws a chat is fetched. */
export function OpeningView() {
	return (
		<main className="chat" aria-busy>
			<header className="bar">
				<HeadBones />
			</header>
			<SkeletonMessages />
		</main>
	);
}

export function HeadBones() {
	return (
		<>
			<span className="bone bone-round bone-head" />
			<span className="bone bone-name" />
		</>
	);
}

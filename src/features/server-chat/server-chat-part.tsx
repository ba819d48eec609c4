import { ContactDialogView } from "./contact-dialog-view.tsx";
import { PassageDialogView } from "./passage-dialog-view.tsx";
import { type ServerChatProps, ServerChatView } from "./server-chat-view.tsx";
import { useServerChat } from "./server-chat-view-model.ts";

/** The chat with the server, with what it asks and shows over itself. */
export function ServerChatPart({ back }: Pick<ServerChatProps, "back">) {
	const { contact, passage, ...chat } = useServerChat();
	return (
		<ServerChatView
			{...chat}
			back={back}
			dialog={
				<>
					{contact !== undefined && <ContactDialogView {...contact} />}
					{passage !== undefined && <PassageDialogView {...passage} />}
				</>
			}
		/>
	);
}

import type { ReactNode } from "react";
import { AllChatsView } from "./all-chats-view.tsx";
import { useAllChats } from "./all-chats-view-model.ts";
import { AllConsentDialogView } from "./all-consent-dialog-view.tsx";

/** A question to all chats, with what is asked before something is sent. */
export function AllChatsPart({ tabs }: { readonly tabs: ReactNode }) {
	const { consent, ...all } = useAllChats();
	const dialog = consent !== undefined && <AllConsentDialogView {...consent} />;
	return <AllChatsView {...all} tabs={tabs} dialog={dialog} />;
}

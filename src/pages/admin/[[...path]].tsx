import { useRouter } from "next/router";
import type { ReactNode } from "react";
import { useNow } from "../../client/hooks/use-now.ts";
import { trpc } from "../../client/trpc/trpc.ts";
import { Later, laterPart } from "../../components/later.tsx";
import { PageTitle } from "../../components/page-title.tsx";
import { AdminNavView } from "../../features/admin/admin-nav-view.tsx";
import { type AdminSection, sectionOf } from "../../features/admin/admin-sections.ts";
import { AdminAssistantView } from "../../features/admin/assistant-view.tsx";
import { useAdminAssistant } from "../../features/admin/assistant-view-model.ts";
import { AdminFederationView } from "../../features/admin/federation-view.tsx";
import { useAdminFederation } from "../../features/admin/federation-view-model.ts";
import { OverviewView } from "../../features/admin/overview-view.tsx";
import { useOverview } from "../../features/admin/overview-view-model.ts";
import { PeopleDialogsView } from "../../features/admin/people-dialogs-view.tsx";
import { AdminPeopleView } from "../../features/admin/people-view.tsx";
import { useAdminPeople } from "../../features/admin/people-view-model.ts";
import { AdminReportsView } from "../../features/admin/reports-view.tsx";
import { useAdminReports } from "../../features/admin/reports-view-model.ts";
import { ServerRuleDialogView } from "../../features/admin/server-rule-dialog-view.tsx";
import { TokensDialogsView } from "../../features/admin/tokens-dialogs-view.tsx";
import { AdminTokensView } from "../../features/admin/tokens-view.tsx";
import { useAdminTokens } from "../../features/admin/tokens-view-model.ts";
import { AppFrameView, TabsView } from "../../features/shell/app-frame-view.tsx";
import { useShell } from "../../features/shell/shell-view-model.ts";
import { text } from "../../shared/text/text.ts";
import MissingPage from "../404.tsx";

const serverChatPart = laterPart(
	async () => (await import("../../features/server-chat/server-chat-part.tsx")).ServerChatPart,
);

/**
 * `/admin` and its sections. Whoever does not own the server finds what an address that leads nowhere shows; what holds
 * is the server's own refusal of each call.
 */
function AdminPage() {
	const { path } = useRouter().query;
	const asked = Array.isArray(path) ? path : [];
	const section = sectionOf(asked);
	const shell = useShell();
	const { me } = shell;
	if (section === undefined || me?.isOwner === false) {
		return (
			<>
				<PageTitle page={text("page.missingTitle")} />
				<MissingPage />
			</>
		);
	}
	return (
		<AppFrameView {...shell} pane={asked.length === 0 ? "list" : "chat"} section="admin">
			<PageTitle page={text(`admin.${section}`)} unreadChats={shell.unreadChats} />
			<AdminNavView
				serverName={me?.serverName ?? text("admin.title")}
				current={section}
				tabs={<TabsView section="admin" unreadChats={shell.unreadChats} />}
			/>
			{/* Nothing is asked before it is known who asks. */}
			{me === undefined ? <main className="pane" aria-busy="true" /> : parts[section]()}
		</AppFrameView>
	);
}

const parts: Readonly<Record<AdminSection, () => ReactNode>> = {
	overview: () => <OverviewPart />,
	people: () => <PeoplePart />,
	tokens: () => <TokensPart />,
	reports: () => <ReportsPart />,
	federation: () => <FederationPart />,
	assistant: () => <AssistantPart />,
	chat: () => <Later part={serverChatPart} props={{ back: { href: "/admin", label: text("admin.toSections") } }} />,
};

function OverviewPart() {
	return <OverviewView {...useOverview()} />;
}

function PeoplePart() {
	const { dialog, isBusy, onCreate, onConfirm, onClose, ...people } = useAdminPeople();
	const now = useNow();
	const { error } = people;
	return (
		<AdminPeopleView
			{...people}
			now={now}
			dialog={dialog && <PeopleDialogsView {...{ dialog, isBusy, error, onCreate, onConfirm, onClose }} />}
		/>
	);
}

function TokensPart() {
	const { dialog, isBusy, error, onCreate, onConfirm, onClose, ...tokens } = useAdminTokens();
	return (
		<AdminTokensView
			{...tokens}
			dialog={dialog && <TokensDialogsView {...{ dialog, isBusy, error, onCreate, onConfirm, onClose }} />}
		/>
	);
}

function ReportsPart() {
	return <AdminReportsView {...useAdminReports()} now={useNow()} />;
}

function AssistantPart() {
	return <AdminAssistantView {...useAdminAssistant()} />;
}

function FederationPart() {
	const { ruleDialog, dialogs, ...federation } = useAdminFederation();
	return (
		<AdminFederationView
			{...federation}
			now={useNow()}
			dialog={ruleDialog && <ServerRuleDialogView {...dialogs} dialog={ruleDialog} />}
		/>
	);
}

export default trpc.withTRPC(AdminPage);

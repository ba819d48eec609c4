import { useRouter } from "next/router";
import type { ReactNode } from "react";
import { trpc } from "../../client/trpc/trpc.ts";
import { Later, laterPart } from "../../components/later.tsx";
import { PageTitle } from "../../components/page-title.tsx";
import { AppearanceView } from "../../features/appearance/appearance-view.tsx";
import { useAppearance } from "../../features/appearance/appearance-view-model.ts";
import { AssistantSettingsPart } from "../../features/assistant/assistant-settings-part.tsx";
import { DevicesView } from "../../features/devices/devices-view.tsx";
import { useDevices } from "../../features/devices/devices-view-model.ts";
import { PrivacyView } from "../../features/privacy/privacy-view.tsx";
import { usePrivacy } from "../../features/privacy/privacy-view-model.ts";
import { RemindersView } from "../../features/reminders/reminders-view.tsx";
import { useReminders } from "../../features/reminders/reminders-view-model.ts";
import { SecurityView } from "../../features/security/security-view.tsx";
import { useSecurity } from "../../features/security/security-view-model.ts";
import { AppFrameView, TabsView } from "../../features/shell/app-frame-view.tsx";
import { useShell } from "../../features/shell/shell-view-model.ts";
import { MissingSectionView } from "../../features/you/missing-section-view.tsx";
import { ProfileView } from "../../features/you/profile-view.tsx";
import { useProfile } from "../../features/you/profile-view-model.ts";
import { SettingsListView } from "../../features/you/settings-list-view.tsx";
import { useSettingsList } from "../../features/you/settings-list-view-model.ts";
import { isSettingsSection, type SettingsSection, sectionTitle } from "../../features/you/settings-sections.ts";
import { text } from "../../shared/text/text.ts";

const serverChatPart = laterPart(
	async () => (await import("../../features/server-chat/server-chat-part.tsx")).ServerChatPart,
);

/**
 * `/you` and its sections are one page, so that the list stays as it is between them. The bare address is the list, with
 * the profile beside it where there is room.
 */
function YouPage() {
	const { path } = useRouter().query;
	const asked = Array.isArray(path) ? path.join("/") : undefined;
	const section = asked === undefined ? "profile" : isSettingsSection(asked) ? asked : undefined;
	const shell = useShell();
	const list = useSettingsList();
	return (
		<AppFrameView {...shell} pane={asked === undefined ? "list" : "chat"} section="you">
			<PageTitle
				page={asked === undefined ? text("you.title") : sectionTitle(section)}
				unreadChats={shell.unreadChats}
			/>
			<SettingsListView {...list} current={section} tabs={<TabsView section="you" unreadChats={shell.unreadChats} />} />
			{section === undefined ? <MissingSectionView /> : parts[section]()}
		</AppFrameView>
	);
}

/** Each section is entered anew: what was half done in it is gone when one comes back. */
const parts: Readonly<Record<SettingsSection, () => ReactNode>> = {
	profile: () => <ProfilePart />,
	appearance: () => <AppearancePart />,
	privacy: () => <PrivacyPart />,
	assistant: () => <AssistantSettingsPart />,
	reminders: () => <RemindersPart />,
	devices: () => <DevicesPart />,
	security: () => <SecurityPart />,
	help: () => <Later part={serverChatPart} props={{ back: { href: "/you", label: text("nav.toSettings") } }} />,
};

function ProfilePart() {
	return <ProfileView {...useProfile()} />;
}

function AppearancePart() {
	return <AppearanceView {...useAppearance()} />;
}

function PrivacyPart() {
	return <PrivacyView {...usePrivacy()} />;
}

function RemindersPart() {
	return <RemindersView {...useReminders()} />;
}

function DevicesPart() {
	return <DevicesView {...useDevices()} />;
}

function SecurityPart() {
	return <SecurityView {...useSecurity()} />;
}

export default trpc.withTRPC(YouPage);

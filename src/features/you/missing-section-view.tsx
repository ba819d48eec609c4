import { Unlink } from "lucide-react";
import { EmptyState } from "../../components/empty-state.tsx";
import { SettingsPage } from "../../components/settings-page.tsx";
import { text } from "../../shared/text/text.ts";

export function MissingSectionView() {
	return (
		<SettingsPage title={text("you.title")}>
			<EmptyState icon={Unlink} title={text("page.missingTitle")} text={text("page.missingText")} />
		</SettingsPage>
	);
}

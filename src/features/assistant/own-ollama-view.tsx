import { Laptop } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { SettingsGroup } from "../../components/settings-page.tsx";
import { TextField } from "../../components/text-field.tsx";
import "../../shared/text/en/own-ollama.ts";
import { text } from "../../shared/text/text.ts";

export interface OwnOllamaProps {
	/** The person's server. */
	readonly host: string;
	readonly isSet: boolean;
	/** What holds now. */
	readonly words: string;
	readonly problem: string | undefined;
	readonly canStop: boolean;
	/** Absent: nothing is looked for. */
	readonly dialog: OwnDialogProps | undefined;
	readonly onOpen: () => void;
	readonly onStop: () => void;
}

export interface OwnDialogProps {
	readonly address: string;
	/** Where it is found at first on most machines. */
	readonly usual: string;
	readonly isLooking: boolean;
	readonly problem: string | undefined;
	/** Absent: it has not answered yet. */
	readonly found:
		| {
				readonly words: string;
				readonly models: readonly string[];
				readonly model: string;
				readonly finders: readonly string[] /** Empty: none. */;
				readonly finder: string;
		  }
		| undefined;
	readonly onAddress: (address: string) => void;
	readonly onModel: (model: string) => void;
	readonly onFinder: (model: string) => void;
	/** Looks for it, or uses what was found. */
	readonly onSubmit: () => void;
	readonly onClose: () => void;
}

/** An Ollama of the person's own: what holds, and the way to choose another one. */
export function OwnOllamaView(props: OwnOllamaProps) {
	const { isSet, words, problem, canStop, dialog, host, onOpen, onStop } = props;
	return (
		<SettingsGroup title={text("own.title")} hint={text("own.hint")}>
			<div className="settings-row">
				<Icon of={Laptop} />
				<span className="settings-words">
					{text("own.name")}
					<small role="status">{words}</small>
				</span>
			</div>
			<FormError message={problem} />
			<div className="own-actions">
				<Button look="second" size="small" onClick={onOpen}>
					{text(isSet ? "own.change" : "own.begin")}
				</Button>
				{canStop && (
					<Button look="second" size="small" onClick={onStop}>
						{text("own.stop")}
					</Button>
				)}
			</div>
			{dialog !== undefined && <OwnDialog {...dialog} host={host} />}
		</SettingsGroup>
	);
}

function OwnDialog({
	host,
	address,
	usual,
	isLooking,
	problem,
	found,
	...on
}: OwnDialogProps & { readonly host: string }) {
	return (
		<FormDialog
			title={text("own.dialogTitle")}
			lead={text("own.dialogLead", { host })}
			action={text(found === undefined ? "own.look" : "own.use")}
			isBusy={isLooking}
			error={problem}
			onSubmit={on.onSubmit}
			onClose={on.onClose}
		>
			<TextField
				label={text("own.address")}
				hint={found?.words ?? text("own.addressHint", { usual })}
				hintKind={found === undefined ? "plain" : "ok"}
				inputMode="url"
				autoComplete="off"
				maxLength={300}
				value={address}
				onChange={(event) => on.onAddress(event.target.value)}
			/>
			{found !== undefined && (
				<SelectField
					label={text("own.chatModel")}
					hint={text("own.chatHint")}
					value={found.model}
					options={found.models.map((value) => ({ value, label: value }))}
					onChoose={on.onModel}
				/>
			)}
			{found !== undefined && found.finders.length > 0 && (
				<SelectField
					label={text("own.finder")}
					hint={text("own.finderHint")}
					value={found.finder}
					options={[
						...found.finders.map((value) => ({ value, label: value })),
						{ value: "", label: text("own.noFinder") },
					]}
					onChoose={on.onFinder}
				/>
			)}
		</FormDialog>
	);
}

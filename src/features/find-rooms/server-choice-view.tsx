import { Plus } from "lucide-react";
import type { FormEvent } from "react";
import { Button } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { TextField } from "../../components/text-field.tsx";
import "../../shared/text/en/join.ts";
import { text } from "../../shared/text/text.ts";

export interface ServerChoiceProps {
	/** Whose rooms are shown; absent: this server's. */
	readonly server: string | undefined;
	/** Other servers that were asked before. */
	readonly servers: readonly string[];
	/** Another one is being named. */
	readonly isNaming: boolean;
	readonly name: string;
	readonly isWrong: boolean;
	readonly onChoose: (server: string | undefined) => void;
	readonly onNaming: () => void;
	readonly onName: (name: string) => void;
	readonly onSubmit: () => void;
}

/** Whose public rooms are looked through: this server's, or another's. */
export function ServerChoiceView(props: ServerChoiceProps) {
	const { server, servers, isNaming, onChoose } = props;
	return (
		<div className="server-choice">
			<fieldset className="filters" aria-label={text("rooms.where")}>
				<Choice label={text("rooms.here")} isChosen={server === undefined} onChoose={() => onChoose(undefined)} />
				{servers.map((name) => (
					<Choice key={name} label={name} isChosen={name === server} onChoose={() => onChoose(name)} />
				))}
				<button type="button" className="filter" aria-expanded={isNaming} onClick={props.onNaming}>
					<Icon of={Plus} size={14} />
					{text("rooms.otherServer")}
				</button>
			</fieldset>
			{isNaming && <ServerName {...props} />}
		</div>
	);
}

interface ChoiceProps {
	readonly label: string;
	readonly isChosen: boolean;
	readonly onChoose: () => void;
}

function Choice({ label, isChosen, onChoose }: ChoiceProps) {
	return (
		<button type="button" className="filter" aria-pressed={isChosen} onClick={onChoose}>
			{label}
		</button>
	);
}

function ServerName({ name, isWrong, onName, onSubmit }: ServerChoiceProps) {
	const submit = (event: FormEvent) => {
		event.preventDefault();
		onSubmit();
	};
	return (
		<form className="server-name" onSubmit={submit} noValidate>
			<TextField
				label={text("rooms.server")}
				placeholder={text("rooms.serverExample")}
				autoComplete="off"
				inputMode="url"
				maxLength={255}
				autoFocus
				value={name}
				hint={text(isWrong ? "rooms.serverWrong" : "rooms.serverHint")}
				hintKind={isWrong ? "bad" : "plain"}
				onChange={(event) => onName(event.target.value)}
			/>
			<Button type="submit" look="second">
				{text("rooms.showServer")}
			</Button>
		</form>
	);
}

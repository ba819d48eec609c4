import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { FormEvent } from "react";
import { Button } from "../../components/button.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { PeoplePicker, type PeoplePickerProps } from "../../components/people-picker.tsx";
import { TextField } from "../../components/text-field.tsx";
import { text } from "../../shared/text/text.ts";

export interface NewGroupProps
	extends Required<Pick<PeoplePickerProps, "query" | "search" | "onQuery" | "onPick" | "chosen">> {
	readonly name: string;
	readonly nameError: string | undefined;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onName: (name: string) => void;
	readonly onSubmit: () => void;
}

export function NewGroupView(props: NewGroupProps) {
	const { query, search, chosen, onQuery, onPick } = props;
	const submit = (event: FormEvent) => {
		event.preventDefault();
		props.onSubmit();
	};
	return (
		<main className="pane" aria-label={text("newGroup.title")}>
			<header className="bar">
				<Link className="back is-always" href="/new" aria-label={text("common.back")}>
					<Icon of={ChevronLeft} size={24} flips />
				</Link>
				<div className="bar-title">
					<h1>{text("newGroup.title")}</h1>
				</div>
			</header>
			<form className="pane-form" onSubmit={submit} noValidate>
				<div className="pane-scroll">
					<div className="pane-in">
						<TextField
							label={text("newGroup.name")}
							placeholder={text("newGroup.namePlaceholder")}
							autoComplete="off"
							autoCapitalize="sentences"
							maxLength={120}
							value={props.name}
							{...(props.nameError !== undefined && { hint: props.nameError, hintKind: "bad" as const })}
							onChange={(event) => props.onName(event.target.value)}
						/>
						<section className="field" aria-label={text("newGroup.people")}>
							<h2 className="label">{text("newGroup.people")}</h2>
							<PeoplePicker query={query} search={search} chosen={chosen} onQuery={onQuery} onPick={onPick} />
						</section>
					</div>
				</div>
				<div className="pane-foot">
					<FormError message={props.error} />
					<Button type="submit" size="large" isWide isBusy={props.isBusy}>
						{text(props.isBusy ? "newGroup.busy" : "newGroup.submit")}
					</Button>
				</div>
			</form>
		</main>
	);
}

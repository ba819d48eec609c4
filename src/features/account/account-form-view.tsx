import type { FormEvent, ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { FormError } from "../../components/form-error.tsx";

export interface AccountFormProps {
	readonly submit: string;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onSubmit: () => void;
	readonly children: ReactNode;
}

/** Fields, what is wrong with them, and the one thing to do. */
export function AccountForm({ submit, isBusy, error, onSubmit, children }: AccountFormProps) {
	const send = (event: FormEvent) => {
		event.preventDefault();
		onSubmit();
	};
	return (
		<form onSubmit={send}>
			{children}
			<FormError message={error} />
			<Button type="submit" size="large" isWide isBusy={isBusy}>
				{submit}
			</Button>
		</form>
	);
}

import Head from "next/head";
import { SignUpView } from "../features/account/sign-up-view.tsx";
import { useSignUp } from "../features/account/sign-up-view-model.ts";
import { pageTitle } from "../shared/text/page-title.ts";
import { text } from "../shared/text/text.ts";

export default function SignUpPage() {
	const model = useSignUp();
	return (
		<>
			<Head>
				<title>{pageTitle(text("signUp.submit"))}</title>
			</Head>
			<SignUpView {...model} />
		</>
	);
}

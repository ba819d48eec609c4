import Head from "next/head";
import { SignInView } from "../features/account/sign-in-view.tsx";
import { useSignIn } from "../features/account/sign-in-view-model.ts";
import { pageTitle } from "../shared/text/page-title.ts";
import { text } from "../shared/text/text.ts";

export default function SignInPage() {
	const model = useSignIn();
	return (
		<>
			<Head>
				<title>{pageTitle(text("signIn.submit"))}</title>
			</Head>
			<SignInView {...model} />
		</>
	);
}

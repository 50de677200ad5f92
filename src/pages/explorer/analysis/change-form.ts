import { type FormChanges, formWith } from '../navigation/form.ts';
import { change, view } from '../navigation/navigation.ts';

/** Changes the form of the page, with a new history entry. */
export const changeForm = (changes: FormChanges): void =>
  change({ form: formWith(view.value.form, changes), picked: undefined });

/** Event types by what they are to an analyst; the API takes several with commas between. */
export const SEVERITY_TYPES = {
  alert: "account_login_fail,account_email_change,account_password_change,page_delete,page_error",
  editing: "account_registration,account_edit,page_edit,field_edit",
} as const;

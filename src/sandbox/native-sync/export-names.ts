/** The languages in which HubSpot's knowledge base names every sync error. */
export const EXPORT_LANGUAGES = ["en", "de", "it", "ja"] as const;
export type ExportLanguage = (typeof EXPORT_LANGUAGES)[number];
type Names = Readonly<Record<ExportLanguage, string>>;

/** HubSpot's names of its categories. */
export const EXPORTED_CATEGORIES: Readonly<Record<string, Names>> = {
  associations: { en: "Associations", de: "Zuordnungen", it: "Associazioni", ja: "関連付け" },
  "custom-code": { en: "Custom code", de: "Benutzerdefinierter Code", it: "Codice personalizzato", ja: "カスタムコード" },
  duplicates: { en: "Duplicates", de: "Duplikate", it: "Duplicati", ja: "重複" },
  permissions: { en: "Permissions", de: "Berechtigungen", it: "Autorizzazioni", ja: "権限" },
  picklists: { en: "Picklists", de: "Auswahllisten", it: "Elenchi di selezione", ja: "選択リスト" },
  "property-mappings": {
    en: "Property mappings",
    de: "Eigenschaftszuordnungen",
    it: "Mappature delle proprietà",
    ja: "フィールドマッピング",
  },
  "property-values": { en: "Property values", de: "Eigenschaftswerte", it: "Valori delle proprietà", ja: "プロパティー値" },
  other: { en: "Other", de: "Sonstiges", it: "Altro", ja: "その他" },
};

/** HubSpot's names of its types. */
export const EXPORTED_TYPES: Readonly<Record<string, Names>> = {
  "association-limit-reached": {
    en: "Association limit reached",
    de: "Zuordnung Limit erreicht",
    it: "Limite di associazione raggiunto",
    ja: "関連付けの上限に達しました",
  },
  "waiting-for-account": {
    en: "Waiting for account to sync",
    de: "Warten auf Synchronisierung des Accounts",
    it: "In attesa della sincronizzazione dell'account",
    ja: "アカウントが同期されるのを待機しています",
  },
  "salesforce-automation": {
    en: "Salesforce automation",
    de: "Salesforce-Automatisierung",
    it: "Automazione Salesforce",
    ja: "Salesforce自動化",
  },
  "missing-contact-id": {
    en: "Missing contact ID",
    de: "Fehlende Kontakt-ID",
    it: "ID contatto mancante",
    ja: "コンタクトIDがありません",
  },
  "custom-validation-rule": {
    en: "Salesforce custom field validation rule",
    de: "Validierungsregel für benutzerdefiniertes Salesforce-Feld",
    it: "Regola di convalida campo personalizzato Salesforce",
    ja: "Salesforceカスタムフィールド検証ルール",
  },
  "salesforce-flow": { en: "Salesforce flow", de: "Salesforce-Ablauf", it: "Flusso Salesforce", ja: "Salesforceフロー" },
  "email-already-in-use": {
    en: "Email already in use",
    de: "E-Mail wird bereits verwendet",
    it: "Indirizzo e-mail già in uso",
    ja: "Eメールがすでに使用中です",
  },
  "salesforce-duplicate-rule": {
    en: "Salesforce duplicate rule",
    de: "Salesforce-Duplikatregel",
    it: "Regola di duplicazione Salesforce",
    ja: "Salesforce重複ルール",
  },
  "insufficient-access-or-missing-record": {
    en: "Insufficient access or missing Salesforce record",
    de: "Unzureichender Zugriff oder fehlender Salesforce-Eintrag",
    it: "Accesso insufficiente o record Salesforce mancante",
    ja: "アクセス権が不十分かSalesforceレコードが欠落しています",
  },
  "field-permission": {
    en: "Salesforce field permission",
    de: "Salesforce-Feldberechtigung",
    it: "Autorizzazione campo Salesforce",
    ja: "Salesforceフィールド権限",
  },
  "insufficient-access": {
    en: "Insufficient Salesforce access",
    de: "Unzureichender Zugriff auf Salesforce",
    it: "Accesso insufficiente a Salesforce",
    ja: "Salesforceアクセス権が不十分です",
  },
  "missing-picklist-option": {
    en: "Missing Salesforce picklist option",
    de: "Fehlende Salesforce-Auswahllistenoption",
    it: "Opzione elenco di selezione Salesforce mancante",
    ja: "Salesforce選択リストオプションがありません",
  },
  "state-country-mismatch": {
    en: "Mismatched state or country value",
    de: "Ungültiger Wert für Bundesland oder Land",
    it: "Valore dello stato o del paese non corrispondente",
    ja: "都道府県または国の値が一致しません",
  },
  "options-mismatch": {
    en: "Mismatched options",
    de: "Nicht übereinstimmende Optionen",
    it: "Opzioni non corrispondenti",
    ja: "オプションが一致しません",
  },
  "inactive-owner": {
    en: "Inactive Salesforce owner",
    de: "Inaktiver Salesforce-Mitarbeiter",
    it: "Proprietario Salesforce inattivo",
    ja: "所有者が無効です",
  },
  "restricted-picklist-value": {
    en: "Restricted picklist value",
    de: "Eingeschränkter Auswahllistenwert",
    it: "Valore dell'elenco di selezione limitato",
    ja: "禁止された選択リスト値",
  },
  "inactive-opportunity-stage": {
    en: "Inactive opportunity stage",
    de: "Phase der inaktiven Opportunity",
    it: "Fase dell'opportunità inattiva",
    ja: "商談フェーズが無効",
  },
  "owners-not-synced": {
    en: "Salesforce owners not synced",
    de: "Salesforce-Inhaber wurden nicht synchronisiert",
    it: "Proprietari Salesforce non sincronizzati",
    ja: "Salesforce所有者が同期されていません",
  },
  "option-limit-exceeded": {
    en: "Option limit exceeded",
    de: "Optionslimit überschritten",
    it: "Limite opzioni superato",
    ja: "オプションの上限を超えました",
  },
  "default-sales-process-unavailable": {
    en: "Default sales process unavailable",
    de: "Standard-Vertriebsprozess nicht verfügbar",
    it: "Processo di vendita predefinito non disponibile",
    ja: "デフォルトの営業プロセスが使用不可",
  },
  "missing-or-invalid-stage": {
    en: "Missing or invalid opportunity stage",
    de: "Fehlende oder ungültige Opportunity-Phase",
    it: "Fase dell'opportunità mancante o non valida",
    ja: "商談フェーズが欠落しているか無効",
  },
  "type-mismatch": {
    en: "Type mismatch",
    de: "Nicht übereinstimmender Typ",
    it: "Incompatibilità di tipo",
    ja: "タイプが一致しません",
  },
  "missing-salesforce-id": {
    en: "Missing Salesforce ID",
    de: "Fehlende Salesforce-ID",
    it: "ID Salesforce mancante",
    ja: "Salesforce IDがありません",
  },
  "invalid-salesforce-id": {
    en: "Invalid Salesforce ID",
    de: "Ungültige Salesforce-ID",
    it: "ID Salesforce non valido",
    ja: "無効なSalesforce ID",
  },
  "string-too-long": { en: "String too long", de: "Zeichenfolge zu lang", it: "Stringa troppo lunga", ja: "文字列が長すぎます" },
  "invalid-email": {
    en: "Invalid email",
    de: "Ungültige E-Mail-Adresse",
    it: "Email non valida",
    ja: "無効なEメールアドレスです",
  },
  "missing-required-country": {
    en: "Missing required country",
    de: "Erforderliches Land fehlt",
    it: "Paese richiesto mancante",
    ja: "必須の国がありません",
  },
  "invalid-value": { en: "Invalid value", de: "Ungültiger Wert", it: "Valore non valido", ja: "無効な値" },
  "owner-assignment": {
    en: "Owner assignment",
    de: "Zuweisung des zuständigen Mitarbeiters",
    it: "Assegnazione proprietario",
    ja: "担当者の割り当て",
  },
  "restricted-unique-value": {
    en: "Restricted unique value",
    de: "Eingeschränkter eindeutiger Wert",
    it: "Valore univoco limitato",
    ja: "禁止された固有の値",
  },
  "missing-required-value": {
    en: "Missing required value",
    de: "Erforderlicher Wert fehlt",
    it: "Valore richiesto mancante",
    ja: "必須の値がありません",
  },
  other: { en: "Other", de: "Sonstiges", it: "Altro", ja: "その他" },
};

export const EXPORTED_OBJECTS: Readonly<Record<string, Names>> = {
  contacts: { en: "Contact", de: "Kontakt", it: "Contatto", ja: "コンタクト" },
  companies: { en: "Company", de: "Unternehmen", it: "Azienda", ja: "会社" },
  deals: { en: "Deal", de: "Deal", it: "Trattativa", ja: "取引" },
};

/** What stands over the columns. HubSpot documents none: these are its screens' words. */
export const EXPORTED_COLUMNS = {
  object: { en: "Object type", de: "Objekttyp", it: "Tipo di oggetto", ja: "オブジェクトタイプ" },
  recordName: { en: "Record name", de: "Datensatzname", it: "Nome record", ja: "レコード名" },
  recordId: { en: "Record ID", de: "Datensatz-ID", it: "ID record", ja: "レコードID" },
  recordLink: { en: "Record link", de: "Datensatz-Link", it: "Link al record", ja: "レコードリンク" },
  email: { en: "Email", de: "E-Mail", it: "E-mail", ja: "Eメール" },
  salesforceId: { en: "Salesforce ID", de: "Salesforce-ID", it: "ID Salesforce", ja: "Salesforce ID" },
  category: { en: "Error category", de: "Fehlerkategorie", it: "Categoria errore", ja: "エラーカテゴリー" },
  type: { en: "Error type", de: "Fehlertyp", it: "Tipo di errore", ja: "エラータイプ" },
  message: { en: "Error message", de: "Fehlermeldung", it: "Messaggio di errore", ja: "エラーメッセージ" },
  property: { en: "HubSpot property", de: "HubSpot-Eigenschaft", it: "Proprietà HubSpot", ja: "HubSpotプロパティー" },
  field: { en: "Salesforce field", de: "Salesforce-Feld", it: "Campo Salesforce", ja: "Salesforceフィールド" },
  at: { en: "Last occurred", de: "Zuletzt aufgetreten", it: "Ultima occorrenza", ja: "最終発生日時" },
} as const satisfies Record<string, Names>;

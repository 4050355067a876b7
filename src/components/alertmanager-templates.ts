/**
 * What notifications say, in Alertmanager's template language. `argoeks.notification` is one JSON object that all subscribers of the topic read: Amazon Q
 * Developer shows it in Slack, the function for PagerDuty opens and closes incidents by `metadata.additionalContext`, mail shows it as it is. Source of its
 * shape: Amazon Q Developer in chat applications, administrator guide, "Custom notifications". SNS takes subjects of at most 100 characters.
 */
export const notificationTemplates = `{{ define "argoeks.subject" -}}
{{ printf "%.99s" (printf "[%s] %s %s" (.Status | toUpper) (or .CommonLabels.alertname "alerts") (or .CommonLabels.cluster "")) }}
{{- end }}

{{ define "argoeks.text" -}}
{{ or .CommonAnnotations.summary .CommonAnnotations.description "Several alerts, see below." }}
{{ range $i, $alert := .Alerts }}{{ if lt $i 10 }}
- {{ $alert.Status }}: {{ range $j, $pair := $alert.Labels.SortedPairs }}{{ if $j }}, {{ end }}{{ $pair.Name }}={{ $pair.Value }}{{ end }}{{ end }}{{ end }}
{{ with .CommonAnnotations.runbook_url }}Runbook: {{ . }}{{ end }}
{{- end }}

{{ define "argoeks.notification" -}}
{"version":"1.0","source":"custom","content":{"textType":"client-markdown","title":{{ printf "[%s] %s %s" (.Status | toUpper) (or .CommonLabels.alertname "alerts") (or .CommonLabels.cluster "") | toJson }},"description":{{ or .CommonAnnotations.summary .CommonAnnotations.description "Several alerts, see below." | toJson }},"nextSteps":[{{ printf "Runbook: %s" (or .CommonAnnotations.runbook_url "none") | toJson }}{{ range $i, $alert := .Alerts }}{{ if lt $i 10 }},{{ printf "%s: %s" $alert.Status ($alert.Labels.SortedPairs.Values | join ", ") | toJson }}{{ end }}{{ end }}]},"metadata":{"threadId":{{ .GroupLabels.SortedPairs.Values | join "/" | toJson }},"summary":{{ or .CommonLabels.alertname "alerts" | toJson }},"eventType":"alertmanager","relatedResources":[{{ or .CommonLabels.cluster "none" | toJson }}],"additionalContext":{"origin":"alertmanager","status":{{ .Status | toJson }},"severity":{{ or .CommonLabels.severity "none" | toJson }},"key":{{ .GroupLabels.SortedPairs.Values | join "/" | toJson }}}}}
{{- end }}
`;

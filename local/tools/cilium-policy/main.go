// Answers, with Cilium's own policy code, which of the asked connections a set of policies lets through. For tests: no agent, no packets.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/cilium/cilium/pkg/identity"
	"github.com/cilium/cilium/pkg/identity/identitymanager"
	v2 "github.com/cilium/cilium/pkg/k8s/apis/cilium.io/v2"
	"github.com/cilium/cilium/pkg/labels"
	"github.com/cilium/cilium/pkg/policy"
	"github.com/cilium/cilium/pkg/policy/api"
	"github.com/cilium/cilium/pkg/policy/types"
	"github.com/cilium/cilium/pkg/policy/utils"
	testidentity "github.com/cilium/cilium/pkg/testutils/identity"
	testpolicy "github.com/cilium/cilium/pkg/testutils/policy"
	"github.com/cilium/cilium/pkg/u8proto"
)

const clusterName = "default"

// peer is a pod, an entity or a DNS name. Labels are written as Cilium prints them: "k8s:app=x", "reserved:world".
type peer struct {
	ID     string   `json:"id"`
	Labels []string `json:"labels"`
	// Name is resolved to this peer; selectors of names that match it select it.
	Name string `json:"name"`
}

type question struct {
	From     string `json:"from"`
	To       string `json:"to"`
	Port     uint16 `json:"port"`
	Protocol string `json:"protocol"`
}

type input struct {
	Policies  []v2.CiliumNetworkPolicy `json:"policies"`
	Peers     []peer                   `json:"peers"`
	Questions []question               `json:"questions"`
}

// answer says each direction apart: a connection needs both.
type answer struct {
	Egress  bool `json:"egress"`
	Ingress bool `json:"ingress"`
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer) error {
	var asked input
	if err := json.NewDecoder(in).Decode(&asked); err != nil {
		return err
	}
	logger := slog.New(slog.NewTextHandler(io.Discard, nil))
	api.InitEntities(clusterName)
	rules, err := parse(logger, asked.Policies)
	if err != nil {
		return err
	}
	identities := identify(asked.Peers, rules)
	known := identity.IdentityMap{}
	for _, one := range identities {
		known[one.ID] = one.LabelArray
	}
	manager := identitymanager.NewIDManager(logger)
	repository := policy.NewPolicyRepository(logger, known, nil, nil, manager, testpolicy.NewPolicyMetricsNoop())
	repository.GetSelectorCache().SetLocalIdentityNotifier(testidentity.NewDummyIdentityNotifier())
	repository.GetSubjectSelectorCache().SetLocalIdentityNotifier(testidentity.NewDummyIdentityNotifier())
	repository.MustAddPolicyEntries(utils.RulesToPolicyEntries(rules))

	answers := make([]answer, 0, len(asked.Questions))
	for _, q := range asked.Questions {
		protocol, err := u8proto.ParseProtocol(q.Protocol)
		if err != nil {
			return err
		}
		from, to := identities[q.From], identities[q.To]
		if from == nil || to == nil {
			return fmt.Errorf("no peer %q or %q", q.From, q.To)
		}
		verdict, _, _, err := policy.LookupFlow(logger, repository, manager, types.Flow{From: from, To: to, Proto: protocol, Dport: q.Port})
		if err != nil {
			return err
		}
		answers = append(answers, answer{Egress: verdict.Egress == types.DecisionAllowed, Ingress: verdict.Ingress == types.DecisionAllowed})
	}
	return json.NewEncoder(out).Encode(answers)
}

func parse(logger *slog.Logger, policies []v2.CiliumNetworkPolicy) (api.Rules, error) {
	var all api.Rules
	for i := range policies {
		rules, err := policies[i].Parse(logger, clusterName)
		if err != nil {
			return nil, fmt.Errorf("%s/%s: %w", policies[i].Namespace, policies[i].Name, err)
		}
		all = append(all, rules...)
	}
	// The lookup knows no proxy and would answer "no" where one stands between; who may be reached at all is the question here.
	for _, rule := range all {
		for e := range rule.Egress {
			for p := range rule.Egress[e].ToPorts {
				rule.Egress[e].ToPorts[p].Rules = nil
			}
		}
	}
	return all, nil
}

// identify gives each peer an identity. As the agent does for addresses that a name resolved to, the identity of a name carries a label for each selector
// that matches the name.
func identify(peers []peer, rules api.Rules) map[string]*identity.Identity {
	found := map[string]*identity.Identity{}
	for i, one := range peers {
		own := labels.LabelArray{}
		for _, text := range one.Labels {
			own = append(own, labels.ParseLabel(text))
		}
		for _, selector := range namesIn(rules) {
			if matches, err := selector.ToRegex(); one.Name != "" && err == nil && matches.MatchString(one.Name+".") {
				own = append(own, selector.IdentityLabel())
			}
		}
		found[one.ID] = identity.NewIdentityFromLabelArray(identity.NumericIdentity(1000+i), own.Sort())
	}
	return found
}

func namesIn(rules api.Rules) []api.FQDNSelector {
	var all []api.FQDNSelector
	for _, rule := range rules {
		for _, egress := range rule.Egress {
			all = append(all, egress.ToFQDNs...)
		}
	}
	return all
}

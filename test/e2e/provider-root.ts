/** A root by hand with one of each that matters: network, cluster, identities, keys, zones, queues, parameters and a release. */
export const providerRoot = (cidr = '10.20.0.0/16'): string => `
terraform {
  required_providers {
    aws  = { source = "hashicorp/aws" }
    helm = { source = "hashicorp/helm" }
  }
  backend "local" {}
}
provider "aws" {
  region = "eu-central-1"
  default_tags { tags = { Owner = "e2e" } }
}
provider "aws" {
  alias  = "hub"
  region = "us-east-1"
}
provider "helm" {
  kubernetes = { host = "https://127.0.0.1:1" }
}
variable "log_retention" { default = 30 }
locals { zones = ["eu-central-1a", "eu-central-1b"] }

resource "aws_vpc" "main" {
  cidr_block = "${cidr}"
  tags       = { Name = "e2e" }
}
resource "aws_vpc" "hub" {
  provider   = aws.hub
  cidr_block = "10.99.0.0/16"
}
resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  cidr_block        = cidrsubnet(aws_vpc.main.cidr_block, 4, count.index)
  availability_zone = local.zones[count.index]
  tags              = { Name = "private-\${count.index}" }
}
resource "aws_internet_gateway" "main" { vpc_id = aws_vpc.main.id }
resource "aws_eip" "nat" {
  count = 2
}
resource "aws_nat_gateway" "main" {
  count         = 2
  subnet_id     = aws_subnet.private[count.index].id
  allocation_id = aws_eip.nat[count.index].id
}
resource "aws_security_group" "nodes" {
  name   = "nodes"
  vpc_id = aws_vpc.main.id
}
resource "aws_vpc_security_group_ingress_rule" "self" {
  security_group_id            = aws_security_group.nodes.id
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "-1"
}
resource "aws_iam_role" "cluster" {
  name               = "e2e-cluster"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}
resource "aws_iam_role_policy_attachment" "cluster" {
  role       = aws_iam_role.cluster.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"
}
resource "aws_kms_key" "main" { description = "e2e" }
resource "aws_kms_alias" "main" {
  name          = "alias/e2e"
  target_key_id = aws_kms_key.main.key_id
}
resource "aws_cloudwatch_log_group" "cluster" {
  name              = "/aws/eks/e2e/cluster"
  retention_in_days = var.log_retention
}
resource "aws_eks_cluster" "main" {
  name                          = "e2e"
  role_arn                      = aws_iam_role.cluster.arn
  bootstrap_self_managed_addons = false
  enabled_cluster_log_types     = ["api", "audit"]
  vpc_config {
    subnet_ids              = aws_subnet.private[*].id
    endpoint_private_access = true
  }
  encryption_config {
    resources = ["secrets"]
    provider { key_arn = aws_kms_key.main.arn }
  }
  depends_on = [aws_cloudwatch_log_group.cluster, aws_iam_role_policy_attachment.cluster]
}
resource "aws_iam_openid_connect_provider" "main" {
  url            = aws_eks_cluster.main.identity[0].oidc[0].issuer
  client_id_list = ["sts.amazonaws.com"]
}
resource "aws_eks_access_entry" "admin" {
  cluster_name  = aws_eks_cluster.main.name
  principal_arn = aws_iam_role.cluster.arn
}
resource "aws_route53_zone" "private" {
  name = "e2e.internal"
  vpc { vpc_id = aws_vpc.main.id }
  lifecycle { ignore_changes = [vpc] }
}
resource "aws_route53_zone_association" "hub" {
  zone_id    = aws_route53_zone.private.zone_id
  vpc_id     = aws_vpc.hub.id
  vpc_region = "us-east-1"
}
resource "aws_sqs_queue" "events" { name = "e2e-events" }
resource "aws_ssm_parameter" "endpoint" {
  name  = "/e2e/endpoint"
  type  = "String"
  value = aws_eks_cluster.main.endpoint
}
data "aws_subnets" "private" {
  filter {
    name   = "tag:Name"
    values = ["private-*"]
  }
  depends_on = [aws_subnet.private]
}
resource "helm_release" "cni" {
  name       = "cilium"
  namespace  = "kube-system"
  repository = "https://charts.invalid"
  chart      = "cilium"
  version    = "1.2.3"
  wait       = false
  values     = [yamlencode({ endpoint = aws_eks_cluster.main.endpoint })]
  set        = [{ name = "a", value = "b" }]
}
output "issuer" { value = aws_iam_openid_connect_provider.main.arn }
output "subnets" { value = length(data.aws_subnets.private.ids) }
`;

/** A flat root of many small objects, for timing. */
export const manyParameters = (count: number): string => `
terraform {
  required_providers { aws = { source = "hashicorp/aws" } }
  backend "local" {}
}
provider "aws" { region = "eu-central-1" }
resource "aws_ssm_parameter" "many" {
  count = ${count}
  name  = "/many/\${count.index}"
  type  = "String"
  value = "x"
}
`;
